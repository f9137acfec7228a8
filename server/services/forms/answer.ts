import type { FormAnswer, FormSubmitted } from '#lib/contracts/forms.ts'
import { ScaffError } from '#lib/errors.ts'
import type { JsonObject } from '#lib/json.ts'
import { coerceFormData } from '#lib/workflow/fields.ts'
import type { Actor } from '#server/engine/port.ts'
import type { ServiceContext } from '../context.ts'
import { findWait, type WaitWithRun } from '../waits/find.ts'
import { receiptOf } from './receipt.ts'
import { recordForm } from './record-form.ts'
import { toFormView } from './view.ts'

/**
 * Takes an answer, or says what to show instead: the form with its errors and what was typed, or, when it is closed by
 * now (a second submission, too late), why.
 */
export async function takeAnswer(
  ctx: ServiceContext,
  actor: Actor,
  found: WaitWithRun,
  answer: FormAnswer,
  generation: number | null,
): Promise<FormSubmitted> {
  const { wait, run } = found
  if (wait.outcome !== null || wait.opening.kind !== 'form') return { accepted: false, view: toFormView(found, null) }
  const values: JsonObject = answer.values ?? coerceFormData(wait.opening.fields, answer.form ?? {})
  try {
    const { status, problems } = await recordForm(ctx, actor, found, { values, generation })
    if (status === null) return { accepted: false, view: toFormView(found, { values, errors: problems }) }
  } catch (error) {
    if (!(error instanceof ScaffError)) throw error
    const now = await findWait(ctx.app.database.db, wait.id)
    if (now === null || now.wait.outcome === null) throw error
    return { accepted: false, view: toFormView(now, null) }
  }
  const at = ctx.app.clock.now().toISOString()
  return { accepted: true, title: wait.opening.title, run_id: run.id, at, receipt: receiptOf(ctx, wait.id) }
}
