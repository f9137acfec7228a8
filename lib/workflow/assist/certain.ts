import type { Sequence, StepDraft } from '../normalise-step.ts'
import { followsNext } from '../validate-graph.ts'
import { outwards } from '../validate-scopes.ts'

/**
 * Answers whether a run that comes to a reader has had the output of one of some steps before, whichever way it took: a
 * step that is skipped by its `when`, or left by its `on_error`, gives nothing. No reader: the end of the workflow.
 */
export function certainty(steps: readonly StepDraft[], start: string) {
  const byId = new Map(steps.map((draft) => [draft.step.id, draft]))
  const ways = new Map(steps.map((draft) => [draft, waysOut(draft)]))
  const known = new Map<string, boolean>()

  const decide = (providers: ReadonlySet<StepDraft>, to: string | null, sequence: Sequence): boolean => {
    const first = sequence.inside === null ? start : sequence.ids[0]
    const seen = new Set<string>()
    const open: (string | null)[] = first === undefined ? [] : [first]
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (at === to) return false
      const draft = at === null ? undefined : byId.get(at)
      if (at === null || draft === undefined || draft.sequence !== sequence || seen.has(at)) continue
      seen.add(at)
      const { without = [], done = [] } = ways.get(draft) ?? {}
      open.push(...without, ...(providers.has(draft) ? [] : done))
    }
    return true
  }

  return (providers: readonly StepDraft[], reader: StepDraft | undefined): boolean => {
    const sequence = providers[0]?.sequence
    if (sequence === undefined) return false
    const to = reader === undefined ? null : outwards(reader).find(([, around]) => around === sequence)?.[0]
    if (to === undefined) return false
    const key = JSON.stringify([to, ...providers.map(({ step }) => step.id)])
    const found = known.get(key) ?? decide(new Set(providers), to, sequence)
    known.set(key, found)
    return found
  }
}

interface WaysOut {
  /** Once it has an output. */
  readonly done: readonly (string | null)[]
  /** Without one. */
  readonly without: readonly (string | null)[]
}

function waysOut(draft: StepDraft): WaysOut {
  const { step, type, sound } = draft
  return {
    done: [
      ...(followsNext(draft) ? [step.next] : []),
      ...(type && sound ? type.jumps(step.config).map(({ to }) => to) : []),
    ],
    without: [...(step.when === null ? [] : [step.next]), ...(step.on_error === null ? [] : [step.on_error])],
  }
}
