import { z } from 'zod'
import { RUN_STATUSES } from '../workflow/state.ts'
import { JsonValue, SequenceNumber, Timestamp } from './common.ts'

/** A step of another run. */
export const RunOrigin = z.object({ run_id: z.string(), step_id: z.string() })
export type RunOrigin = z.infer<typeof RunOrigin>

/** A run that a step of this one called. */
export const ChildRun = z.object({
  run_id: z.string(),
  workflow_name: z.string(),
  status: z.enum(RUN_STATUSES),
  step_id: z.string(),
  path: z.string(),
  visit: z.number().int(),
  epoch: SequenceNumber,
})
export type ChildRun = z.infer<typeof ChildRun>

/** So many of the runs that a run called are told with it, the newest. */
export const CHILDREN_TOLD = 100

/** Something was sent, and nobody knows whether it happened: the run rests until somebody says. */
export const UnknownEffect = z.object({
  effect_id: z.string(),
  step_id: z.string(),
  path: z.string(),
  visit: z.number().int(),
  attempt: z.number().int(),
  epoch: SequenceNumber,
  sent_at: Timestamp.nullable().meta({ description: 'Just before it was sent; null where that is not known.' }),
  noticed_at: Timestamp,
  evidence: JsonValue.meta({ description: 'What is known of it, e.g. what was sent where.' }),
})
export type UnknownEffect = z.infer<typeof UnknownEffect>

/** Where a run comes from and what it led to. */
export const RunLineage = {
  parent: RunOrigin.nullable().meta({ description: 'The step that called it.' }),
  forked_from: RunOrigin.nullable().meta({ description: 'The run it branched off, and the step it began at.' }),
  children: z
    .array(ChildRun)
    .meta({ description: `The runs that its steps called, the newest first; at most ${CHILDREN_TOLD}.` }),
}
