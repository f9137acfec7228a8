import { z } from 'zod'
import { AnyId, JsonRecord, JsonValue, Ordinal } from './common.ts'
import { RunStatus } from './runs.ts'

/** The longest idempotency key. */
export const KEY_MAX = 255

export const RunStart = z.strictObject({
  workflow_id: AnyId,
  version: Ordinal.optional().meta({ description: 'Absent: the newest.' }),
  inputs: JsonRecord.optional(),
  idempotency_key: z.string().optional().meta({
    description:
      'At most 255 characters; `auto`: the hash of workflow and inputs. The header `Idempotency-Key` says the same.',
  }),
  budget: z
    .strictObject({ usd: z.number().positive().optional(), tokens: z.number().int().positive().optional() })
    .optional()
    .meta({ description: 'Not yet effective: a start with a budget is refused, so that none is silently ignored.' }),
})
export type RunStart = z.infer<typeof RunStart>

export const RunStarted = z.object({
  run_id: z.string(),
  status: RunStatus,
  /** Present where the key had started this run before. */
  replayed: z.literal(true).optional(),
})
export type RunStarted = z.infer<typeof RunStarted>

/** What keeps a version of a workflow from starting: names such as `secrets.CMS_KEY`, `static.host`, `templates.draft`. */
export const RunReadiness = z.object({ missing: z.array(z.string()) })
export type RunReadiness = z.infer<typeof RunReadiness>

export const RunAccepted = z.object({ run_id: z.string(), status: RunStatus })
export type RunAccepted = z.infer<typeof RunAccepted>

export const ResumeApproval = z.strictObject({
  step_id: z.string().max(200),
  approved: z.boolean(),
  comment: z.string().max(10_000).default(''),
  approver: z.string().max(320).optional().meta({ description: 'On whose behalf a key decides: an address.' }),
})
export type ResumeApproval = z.infer<typeof ResumeApproval>

export const RunResume = z
  .strictObject({
    resume_token: z.string().max(4_000).optional(),
    step: z.string().max(200).optional().meta({
      description:
        'In place of the token: the step that asks. One that has not asked yet finds the answer when it does.',
    }),
    inputs: JsonRecord.optional(),
    approvals: z.array(ResumeApproval).min(1).max(20).optional(),
  })
  .refine((body) => (body.inputs === undefined) !== (body.approvals === undefined), {
    message: 'Send `inputs` to answer a form or `approvals` to decide, and not both.',
    path: ['inputs'],
  })
  .refine((body) => (body.resume_token === undefined) !== (body.step === undefined), {
    message: 'Send the `resume_token` of what the run waits for, or the `step` that asks, and not both.',
    path: ['resume_token'],
  })
export type RunResume = z.infer<typeof RunResume>

export const RunCancel = z.strictObject({
  reason: z.string().max(1_000).optional(),
  force: z
    .boolean()
    .optional()
    .meta({ description: 'A cancel never waits for a step under way, so both ways are the same.' }),
})
export type RunCancel = z.infer<typeof RunCancel>

export const RunRetry = z.strictObject({
  from_step: z.string().max(200).optional().meta({ description: 'Absent: where it stopped.' }),
  inputs: JsonRecord.optional().meta({ description: 'Replaces start inputs of the same names.' }),
})
export type RunRetry = z.infer<typeof RunRetry>

export const RunFork = z.strictObject({
  from_step: z.string().max(200).meta({ description: 'A step of the workflow, none within another step.' }),
  inputs: JsonRecord.optional().meta({ description: 'Replaces start inputs of the same names.' }),
})
export type RunFork = z.infer<typeof RunFork>

export const RunResumed = RunAccepted.extend({
  kept: z
    .literal(true)
    .optional()
    .meta({ description: 'The step has not asked yet: the answer is kept until it does.' }),
})
export type RunResumed = z.infer<typeof RunResumed>

/** What happened to an effect of which nobody knew. */
export const EffectResolve = z.discriminatedUnion('resolution', [
  z.strictObject({
    resolution: z.literal('repeat').meta({ description: 'Send it again, with the same idempotency key.' }),
  }),
  z.strictObject({
    resolution: z.literal('done').meta({ description: 'It happened.' }),
    result: JsonValue.optional().meta({ description: 'Stands as the output of the step. Absent: null.' }),
  }),
  z.strictObject({
    resolution: z.literal('fail').meta({ description: 'It failed, and so does the step.' }),
    reason: z.string().max(1_000).optional().meta({ description: 'Stands as the error of the step.' }),
  }),
])
export type EffectResolve = z.infer<typeof EffectResolve>
