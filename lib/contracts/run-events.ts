import { z } from 'zod'
import { JsonRecord, SequenceNumber, Timestamp } from './common.ts'

export const RunEventEntry = z.object({
  /** Orders the stream of all runs. */
  id: z.number().int(),
  run_id: z.string(),
  /** Orders the events of this run, without a gap. */
  seq: z.number().int(),
  epoch: z.number().int(),
  type: z.string(),
  at: Timestamp,
  step_id: z.string().nullable(),
  path: z.string().nullable(),
  data: JsonRecord,
})
export type RunEventEntry = z.infer<typeof RunEventEntry>

export const RUN_EVENT_KINDS = ['run', 'step', 'wait'] as const

/** A page of a run's events, the oldest first. */
export const RunEventsQuery = z.strictObject({
  after: SequenceNumber.default(0),
  limit: z.number().int().min(1).max(1_000).default(500),
  kind: z.enum(RUN_EVENT_KINDS).optional(),
})
export type RunEventsQuery = z.infer<typeof RunEventsQuery>

/** `next`: what to ask after for the events that follow; null where there are none yet. */
export const RunEvents = z.object({ events: z.array(RunEventEntry), next: z.number().int().nullable() })
export type RunEvents = z.infer<typeof RunEvents>
