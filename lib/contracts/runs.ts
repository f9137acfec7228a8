import { z } from 'zod'
import { RUN_STATUSES } from '../workflow/state.ts'
import { AnyId, AskedInstant, Cost, JsonRecord, JsonValue, Paging, Timestamp, ValueSource } from './common.ts'
import { WorkflowGraph } from './graph.ts'
import { RunEventEntry } from './run-events.ts'
import { RunLineage, UnknownEffect } from './run-lineage.ts'
import { HistoryStep, StepSummary } from './run-steps.ts'
import { RunWait, RunWaitingFor } from './run-waits.ts'

export const RunStatus = z.enum(RUN_STATUSES)
export type RunStatus = z.infer<typeof RunStatus>

/** One status or several: repeated, or separated by commas. */
const RunStatusFilter = z
  .union([z.string().max(200), z.array(z.string().max(200)).max(20)])
  .transform((given) => [given].flat().flatMap((text) => text.split(',')))
  .pipe(z.array(RunStatus).min(1))

export const RunListQuery = Paging.extend({
  workflow_id: AnyId.optional(),
  status: RunStatusFilter.optional().meta({
    description: `${RUN_STATUSES.map((status) => `\`${status}\``).join(', ')}; several by repeating it or with commas.`,
  }),
  started_by: z.string().max(320).optional().meta({ description: 'Who started it, as `started_by` tells it.' }),
  q: z.string().max(200).optional().meta({ description: 'Part of the workflow’s name, or a run id.' }),
  from: AskedInstant.optional().meta({ description: 'Started at or after.' }),
  to: AskedInstant.optional().meta({ description: 'Started before.' }),
})
export type RunListQuery = z.infer<typeof RunListQuery>

export const RunError = z.object({ code: z.string(), message: z.string(), step: z.string().nullable() })
export type RunError = z.infer<typeof RunError>

const RunFacts = {
  run_id: z.string(),
  workflow_id: z.string(),
  workflow_name: z.string(),
  workflow_version: z.number().int(),
  status: RunStatus,
  /** The step of the oldest wait, else the running one; null when the run is over. */
  current_step: z.string().nullable(),
  error: RunError.nullable(),
  cost: Cost,
  /** Who started it: a name or an address. */
  started_by: z.string().nullable(),
  started_at: Timestamp,
  updated_at: Timestamp,
  ended_at: Timestamp.nullable(),
  duration_ms: z.number().int().nullable(),
}

export const RunRow = z.object({
  ...RunFacts,
  /** Of a waiting run: its oldest wait. */
  waiting_for: RunWaitingFor.nullable(),
})
export type RunRow = z.infer<typeof RunRow>

export const RunList = z.object({ runs: z.array(RunRow), next_cursor: z.string().nullable() })
export type RunList = z.infer<typeof RunList>

export const Run = z.object({
  ...RunFacts,
  id: z.string(),
  inputs: JsonRecord,
  outputs: JsonValue.optional(),
  /** Open waits, the oldest first; `waiting` and `resume_token` mirror the first. */
  waits: z.array(RunWait),
  waiting: RunWait.nullable(),
  resume_token: z.string().nullable(),
  ...RunLineage,
  effects: z.array(UnknownEffect).meta({ description: 'Those of which nobody knows whether they happened.' }),
})
export type Run = z.infer<typeof Run>

export const RunQuery = z.strictObject({
  wait: z.coerce
    .number()
    .int()
    .min(0)
    .max(60)
    .optional()
    .meta({ description: 'Seconds to wait until the run rests (waiting or over) before answering.' }),
})
export type RunQuery = z.infer<typeof RunQuery>

export const RunHistory = z.object({ steps: z.array(HistoryStep), events: z.array(RunEventEntry) })
export type RunHistory = z.infer<typeof RunHistory>

export const RunContextQuery = z.strictObject({
  at: z.string().max(200).optional().meta({ description: 'A step id: the context that step began with; absent: now.' }),
})
export type RunContextQuery = z.infer<typeof RunContextQuery>

export const RunContext = z.object({ static: JsonRecord, profile: JsonRecord, runtime: JsonRecord, steps: JsonRecord })
export type RunContext = z.infer<typeof RunContext>

/** What the run page shows at a glance. Of a long run the first steps; `more` tells that others follow `seq`. */
export const RunDetail = Run.extend({
  workflow: z.object({
    id: z.string(),
    name: z.string(),
    version: z.number().int(),
    /** The steps of the version it runs, in the author's order: those not reached are pending. */
    steps: z.array(
      z.object({
        id: z.string(),
        type: z.string(),
        name: z.string().nullable(),
        depth: z
          .number()
          .int()
          .optional()
          .meta({ description: 'How many steps it stands inside; absent outside of any.' }),
      }),
    ),
  }),
  graph: WorkflowGraph,
  steps: z.array(StepSummary),
  more: z.boolean(),
  /** Why it was canceled, in the words of whoever did; empty where none were given, null where it was not canceled. */
  cancel_reason: z.string().nullable(),
  /** What the reader may do with it now. */
  can: z.object({
    cancel: z.boolean(),
    retry: z.boolean(),
    /** Start another run from one of its steps. */
    fork: z.boolean(),
    /** Say what happened to an effect of which nobody knows. */
    resolve: z.boolean(),
    answer: z.boolean(),
    start: z.boolean(),
    edit: z.boolean(),
  }),
})
export type RunDetail = z.infer<typeof RunDetail>

/** Why nothing happens in a run that is under way: its next step is ready, and no worker has taken it up. */
export const RunStandstill = z.object({
  /** When that step was ready. */
  since: Timestamp,
  /** Workers that are alive, and the steps they are executing. */
  workers: z.number().int(),
  in_hand: z.number().int(),
  /** Steps that were ready earlier and are free as well; counted up to 1,000. Runs, where it waits for its turn. */
  ahead: z.number().int(),
  /** Present while the run itself waits for its turn: how many of its kind may be under way at once. */
  at_once: z.number().int().optional(),
})
export type RunStandstill = z.infer<typeof RunStandstill>

/** Who made a value of the context: a step, by its source; `step` null: it was given at the start. */
export const ValueMaker = z.object({ step: z.string().nullable(), source: ValueSource.nullable() })
export type ValueMaker = z.infer<typeof ValueMaker>

export const RunValues = z.object({
  context: RunContext,
  /** By the name of the value in `runtime`. */
  made: z.record(z.string(), ValueMaker),
  /** By step. */
  steps: z.record(z.string(), ValueSource),
})
export type RunValues = z.infer<typeof RunValues>

/** Everything of a run in one document, to keep or to pass on. It opens nothing: no tokens, no links. */
export const RunExport = z.object({
  exported_at: Timestamp,
  run: Run,
  history: RunHistory,
  context: RunContext,
})
export type RunExport = z.infer<typeof RunExport>
