import { z } from 'zod'
import { FieldProblem, FormField, JsonRecord, JsonValue, Timestamp } from './common.ts'

/** What a form's link, or the form page of a signed-in person, shows. */
export const FormView = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('open'),
    wait_id: z.string(),
    run_id: z.string(),
    title: z.string(),
    description: z.string(),
    workflow_name: z.string(),
    fields: z.array(FormField).readonly(),
    /** What the browser validates by; the server does it again by the same. */
    schema: z.record(z.string(), z.unknown()),
    /** What stands in the fields: defaults at first, what was typed after an error. */
    values: JsonRecord,
    errors: z.array(FieldProblem),
    /** Who started the run that asks. */
    requested_by: z.string().nullable(),
    /** Whom the form is for, where its author named somebody. */
    assignee: z.string().nullable(),
    expires_at: Timestamp.nullable(),
  }),
  z.object({
    state: z.literal('submitted'),
    title: z.string(),
    workflow_name: z.string(),
    at: Timestamp,
    by: z.string().nullable(),
    /** What was sent, in the form's order, for whoever sent it; null for everybody else. */
    answers: z.array(z.object({ label: z.string(), value: JsonValue })).nullable(),
  }),
  z.object({ state: z.literal('expired'), title: z.string(), at: Timestamp }),
  z.object({ state: z.literal('canceled'), title: z.string(), at: Timestamp }),
  z.object({ state: z.literal('invalid') }),
])
export type FormView = z.infer<typeof FormView>

/**
 * A submission: `values` as JSON, or `form` with the strings of a native POST, which the server turns into values by
 * the fields' types.
 */
export const FormAnswer = z
  .strictObject({
    values: JsonRecord.optional(),
    form: z.record(z.string(), z.union([z.string(), z.array(z.string())])).optional(),
  })
  .refine((answer) => (answer.values === undefined) !== (answer.form === undefined), {
    message: 'Send either `values` or `form`.',
    path: ['values'],
  })
export type FormAnswer = z.infer<typeof FormAnswer>

/** `accepted`: the run went on. Otherwise the view to show: the open form with its errors, or why it is closed. */
export const FormSubmitted = z.discriminatedUnion('accepted', [
  z.object({
    accepted: z.literal(true),
    title: z.string(),
    run_id: z.string(),
    at: Timestamp,
    /** For the sender alone: shows the answers again at the form's link. */
    receipt: z.string(),
  }),
  z.object({ accepted: z.literal(false), view: FormView }),
])
export type FormSubmitted = z.infer<typeof FormSubmitted>
