import type { FieldProblem } from '#lib/contracts/common.ts'
import type { FormView } from '#lib/contracts/forms.ts'
import type { JsonObject } from '#lib/json.ts'
import type { Field } from '#lib/workflow/definition.ts'
import { coerceFormData } from '#lib/workflow/fields.ts'
import { starterOf } from '../actors.ts'
import { nameOf } from '../runs/to-wait.ts'
import type { WaitWithRun } from '../waits/find.ts'
import type { Answers } from './receipt.ts'

/** What stood in the form when it was sent, and what was wrong with it; null when it is opened. */
export type Typed = { readonly values: JsonObject; readonly errors: readonly FieldProblem[] } | null

/** A form as its page shows it: open, or why it is closed. `answers` only for whoever may see what was sent. */
export function toFormView({ wait, run }: WaitWithRun, typed: Typed, answers: Answers | null = null): FormView {
  const { opening } = wait
  if (opening.kind !== 'form') return { state: 'invalid' }
  const { title } = opening
  if (wait.outcome !== null) {
    const at = (wait.closedAt ?? wait.openedAt).toISOString()
    if (wait.outcome === 'submitted') {
      return {
        state: 'submitted',
        title,
        workflow_name: run.workflowName,
        at,
        by: wait.closedBy?.label ?? null,
        answers,
      }
    }
    return { state: wait.outcome === 'expired' ? 'expired' : 'canceled', title, at }
  }
  return {
    state: 'open',
    wait_id: wait.id,
    run_id: run.id,
    title,
    description: opening.description,
    workflow_name: run.workflowName,
    fields: opening.fields,
    schema: opening.schema,
    values: typed?.values ?? prefilled(opening.fields),
    errors: [...(typed?.errors ?? [])],
    requested_by: starterOf(run.profile),
    assignee: opening.assignee && nameOf(opening.assignee),
    expires_at: wait.expiresAt?.toISOString() ?? null,
  }
}

/** What the author lets stand in the fields at first, read by the fields' types. */
function prefilled(fields: readonly Field[]): JsonObject {
  const asked = fields.filter((field) => field.prefill)
  const read = coerceFormData(asked, Object.fromEntries(asked.map(({ key, prefill = '' }) => [key, prefill])))
  const defaults = fields.flatMap(({ key, default: value }) => (value === undefined ? [] : [[key, value] as const]))
  return { ...Object.fromEntries(defaults), ...read }
}
