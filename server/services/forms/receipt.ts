import { createHmac, timingSafeEqual } from 'node:crypto'
import { and, desc, eq } from 'drizzle-orm'
import { runSteps } from '#drizzle/schema/index.ts'
import type { FormView } from '#lib/contracts/forms.ts'
import { isJsonObject, type Json } from '#lib/json.ts'
import type { ServiceContext } from '../context.ts'
import type { WaitRecord } from '../waits/find.ts'

export type Answers = NonNullable<Extract<FormView, { state: 'submitted' }>['answers']>

/**
 * What the browser that sent a form is given, so that it alone is shown later what was sent: a link may be in several
 * hands.
 */
export function receiptOf({ app }: ServiceContext, wait_id: string): string {
  return createHmac('sha256', app.keys.derive('form-receipt')).update(wait_id).digest('base64url')
}

export function isReceipt(ctx: ServiceContext, wait_id: string, given: string): boolean {
  const expected = Buffer.from(receiptOf(ctx, wait_id))
  const got = Buffer.from(given)
  return got.length === expected.length && timingSafeEqual(got, expected)
}

/** What was sent with a form, in its order, as the run goes on with it; null where it was not sent. */
export async function readAnswers(ctx: ServiceContext, { runId, stepId, path, wait, opening }: WaitRecord) {
  if (opening.kind !== 'form') return null
  const [step] = await ctx.app.database.db
    .select({ output: runSteps.output })
    .from(runSteps)
    .where(
      and(
        eq(runSteps.runId, runId),
        eq(runSteps.stepId, stepId),
        eq(runSteps.path, path),
        eq(runSteps.visit, wait.visit),
        eq(runSteps.status, 'completed'),
      ),
    )
    .orderBy(desc(runSteps.epoch), desc(runSteps.attempt))
    .limit(1)
  const output = step?.output ?? null
  if (!isJsonObject(output)) return null
  const answers: Answers = opening.fields
    .filter(({ type }) => type !== 'hidden')
    .map(({ key, label, options }) => {
      const worded = (value: Json) => options?.find((option) => option.value === value)?.label ?? value
      const value = output[key] ?? null
      return { label, value: Array.isArray(value) ? value.map(worded) : worded(value) }
    })
  return answers
}
