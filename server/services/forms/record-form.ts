import type { FieldProblem } from '#lib/contracts/common.ts'
import type { JsonObject } from '#lib/json.ts'
import type { RunStatus } from '#lib/workflow/state.ts'
import type { Actor } from '#server/engine/port.ts'
import { decidedBy } from '../actors.ts'
import type { ServiceContext } from '../context.ts'
import type { WaitWithRun } from '../waits/find.ts'
import { refusalError } from '../waits/refusals.ts'
import { checkValues } from '../waits/values.ts'

/** `status` is null when the values do not fit: then the wait is still open and `problems` says why. */
export interface RecordedForm {
  readonly status: RunStatus | null
  readonly problems: readonly FieldProblem[]
}

/** Checks the values by the form's own schema and hands them to the engine, which alone judges who was first. */
export async function recordForm(
  ctx: ServiceContext,
  actor: Actor,
  { wait, run }: WaitWithRun,
  { values: given, generation }: { readonly values: JsonObject; readonly generation: number | null },
): Promise<RecordedForm> {
  if (wait.opening.kind !== 'form') throw refusalError({ ok: false, reason: 'not_found', decided: null })
  const { values, problems } = await checkValues(ctx, wait.opening, given)
  if (problems.length > 0) return { status: null, problems }
  const answer = await ctx.app.engine.signal(
    {
      actor,
      request_id: ctx.requestId,
      audit: { action: 'form.submit', target: wait.id, detail: { run_id: run.id, step_id: wait.stepId } },
    },
    { kind: 'form', run_id: run.id, wait_id: wait.id, generation, by: decidedBy(actor), values },
  )
  if (!answer.ok) throw refusalError(answer)
  return { status: answer.status, problems: [] }
}
