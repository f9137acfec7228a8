import type { StepDraft } from '../normalise-step.ts'
import type { Reached } from '../reach.ts'
import type { Provided } from '../validate-provided.ts'
import { isOutermost } from '../validate-scopes.ts'

/** The approvals that come before a step which writes over names that others gave, and those names. */
export type Reopenings = ReadonlyMap<StepDraft, readonly (readonly [approval: StepDraft, names: readonly string[]])[]>

/**
 * An approval is put anew when what it approved was changed before something goes out: a run comes to it once more from
 * behind, with what was written since. The latest decision and call are alike each time.
 */
export function reopenings(
  steps: readonly StepDraft[],
  provided: Provided,
  after: (id: string) => Reached,
): Reopenings {
  const approvals = steps.filter((draft) => draft.type?.source === 'decision' && isOutermost(draft))
  return new Map(
    steps.flatMap((writer) => {
      const names = overwritten(writer, provided)
      if (names.length === 0) return []
      const before = approvals.filter((approval) => after(approval.step.id).has(writer.step.id))
      return before.length === 0 ? [] : [[writer, before.map((approval) => [approval, names] as const)] as const]
    }),
  )
}

function overwritten(draft: StepDraft, { names, given }: Provided): readonly string[] {
  const { type, step } = draft
  if (!isOutermost(draft) || type?.source === 'decision' || (type?.merge && step.output_key === null)) return []
  return (given.get(draft) ?? []).filter((name) => (names.get(name)?.length ?? 0) > 1)
}
