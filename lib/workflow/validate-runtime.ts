import type { Reporter } from './normalise-report.ts'
import type { StepDraft } from './normalise-step.ts'
import { followers, type Graph, reachable } from './validate-graph.ts'
import type { Provided } from './validate-provided.ts'

/** Values of `runtime` that a later step writes over, and those that somebody approved before. */
export function checkRuntime(steps: readonly StepDraft[], provided: Provided, graph: Graph, reporter: Reporter): void {
  const precedes = precedence(graph)
  const flagged = checkApproved(steps, provided, graph, precedes, reporter)
  for (const [name, providers] of provided.names) {
    for (const later of providers) {
      if (later === null || flagged.has(key(later, name))) continue
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

type Precedes = (earlier: StepDraft | null, later: StepDraft) => boolean

/** Inputs precede every step. In a loop each step stands before the other; the one that is written first is the earlier one. */
function precedence(graph: Graph): Precedes {
  const after = followers(graph)
  return (earlier, later) => {
    if (earlier === null) return true
    if (!after(earlier.step.id).has(later.step.id)) return false
    return !after(later.step.id).has(earlier.step.id) || position(earlier) < position(later)
  }
}

function position(step: StepDraft): number {
  return Number(step.path[1])
}

/**
 * What was approved and is written over afterwards would not be what was seen: what people and AI produced before, which
 * is what an approval shows and binds unless it says otherwise.
 */
function checkApproved(
  steps: readonly StepDraft[],
  provided: Provided,
  graph: Graph,
  precedes: Precedes,
  reporter: Reporter,
): ReadonlySet<string> {
  const flagged = new Set<string>()
  for (const approval of steps) {
    if (approval.type?.source !== 'decision' || !approval.sound) continue
    const seen = new Set(
      [...provided.names].flatMap(([name, providers]) =>
        providers.some((other) => isShown(other) && precedes(other, approval)) ? [name] : [],
      ),
    )
    // A way back to the approval itself asks again; only what follows without passing it is never seen.
    const after = reachable(graph, [approval.step.next], approval.step.id)
    for (const later of steps) {
      if (!after.has(later.step.id)) continue
      for (const name of provided.given.get(later) ?? []) {
        if (!seen.has(name) || flagged.has(key(later, name))) continue
        flagged.add(key(later, name))
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

function key(step: StepDraft, name: string): string {
  return `${step.step.id}\n${name}`
}
