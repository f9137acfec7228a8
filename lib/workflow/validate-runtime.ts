import type { Reporter } from './normalise-report.ts'
import type { StepDraft } from './normalise-step.ts'
import { type Graph, type Reached, type Ways, waysOf } from './reach.ts'
import type { Provided } from './validate-provided.ts'

/** Values of `runtime` that a later one of the outermost steps writes over, and those that somebody approved before. */
export function checkRuntime(
  steps: readonly StepDraft[],
  provided: Provided,
  graph: Graph,
  after: (id: string) => Reached,
  reporter: Reporter,
): void {
  const ways = waysOf(graph)
  const precedes = precedence(steps, after)
  const flagged = checkApproved(steps, provided, ways, precedes, reporter)
  for (const [name, providers] of provided.names) {
    for (const later of providers) {
      if (later === null || flagged.get(later)?.has(name)) continue
      const earlier = providers.find((other) => other !== later && precedes(other, later) && !expected(other, later))
      if (earlier === undefined) continue
      const from = earlier === null ? 'the input' : `the one of step ${earlier.step.id}`
      const message = `${later.step.id} writes runtime.${name} over ${from}. Give ${later.step.id} an output_key, or read steps.<id>.output where it matters.`
      reporter.warning('runtime.collision', message, [...later.path, 'id'])
    }
  }
}

/** The latest approval and the latest call are what `runtime.approved` and `runtime.api_response` are for. */
function expected(earlier: StepDraft | null, later: StepDraft): boolean {
  if (earlier === null || earlier.step.type !== later.step.type) return false
  if (earlier.step.output_key !== null || later.step.output_key !== null) return false
  return later.type?.source === 'decision' || later.type?.merge !== undefined
}

/** The names of each step that were told of already. */
type Flagged = Map<StepDraft, ReadonlySet<string>>

type Precedes = (earlier: StepDraft | null, later: StepDraft) => boolean

/** Inputs precede every step. In a loop each step stands before the other; the one that is written first is the earlier one. */
function precedence(steps: readonly StepDraft[], after: (id: string) => Reached): Precedes {
  const position = new Map(steps.map((draft, i) => [draft, i]))
  return (earlier, later) => {
    if (earlier === null) return true
    if (!after(earlier.step.id).has(later.step.id)) return false
    return !after(later.step.id).has(earlier.step.id) || (position.get(earlier) ?? 0) < (position.get(later) ?? 0)
  }
}

/**
 * What was approved and is written over afterwards would not be what was seen: what people and AI produced before, which
 * is what an approval shows and binds unless it says otherwise.
 */
function checkApproved(
  steps: readonly StepDraft[],
  provided: Provided,
  ways: Ways,
  precedes: Precedes,
  reporter: Reporter,
): Flagged {
  const flagged: Flagged = new Map()
  const shown = new Map([...provided.names].map(([name, providers]) => [name, providers.filter(isShown)]))
  for (const approval of steps) {
    if (approval.type?.source !== 'decision' || !approval.sound) continue
    const seen = (name: string) => shown.get(name)?.some((other) => precedes(other, approval)) === true
    // A way back to the approval itself asks again; only what follows without passing it is never seen.
    const after = ways([approval.step.next], approval.step.id)
    for (const later of steps) {
      if (!after.has(later.step.id)) continue
      for (const name of provided.given.get(later) ?? []) {
        if (flagged.get(later)?.has(name) || !seen(name)) continue
        flagged.set(later, new Set(flagged.get(later)).add(name))
        const message = `${later.step.id} writes runtime.${name} over a value that ${approval.step.id} had approved. Give ${later.step.id} an output_key.`
        reporter.warning('approval.overwritten', message, [...later.path, 'id'])
      }
    }
  }
  return flagged
}

function isShown(provider: StepDraft | null): boolean {
  return provider === null || provider.type?.source === 'person' || provider.type?.source === 'ai'
}
