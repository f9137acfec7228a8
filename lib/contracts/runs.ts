import { z } from 'zod'
import { DECISION_KINDS, RUN_STATUSES, STEP_STATUSES } from '../workflow/state.ts'
import {
  AnyId,
  AskedInstant,
  Cost,
  FormField,
  JsonRecord,
  JsonValue,
  Ordinal,
  Paging,
  SequenceNumber,
  Timestamp,
  ValueSource,
  Who,
} from './common.ts'
import { WorkflowGraph } from './graph.ts'

export const RunStatus = z.enum(RUN_STATUSES)
export type RunStatus = z.infer<typeof RunStatus>

export const StepStatus = z.enum(STEP_STATUSES)
export type StepStatus = z.infer<typeof StepStatus>

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

/** Whom a run waits for. */
export const RunWaitingFor = z.object({
  type: z.enum(['form', 'approval']),
  /** Those who are still asked, as the author named them; none where whoever has the link may answer. */
  people: z.array(z.string()),
  /** Whether one of them is enough. */
  any: z.boolean(),
  since: Timestamp,
  expires_at: Timestamp.nullable(),
})
export type RunWaitingFor = z.infer<typeof RunWaitingFor>

export const RunRow = z.object({
  ...RunFacts,
  /** Of a waiting run: its oldest wait. */
  waiting_for: RunWaitingFor.nullable(),
})
export type RunRow = z.infer<typeof RunRow>

export const RunList = z.object({ runs: z.array(RunRow), next_cursor: z.string().nullable() })
export type RunList = z.infer<typeof RunList>

export const Quorum = z.object({
  policy: z.union([z.enum(['any', 'all', 'sequential']), z.object({ at_least: z.number().int() })]),
  /** How many approvals it takes, and how many were given so far. */
  needed: z.number().int(),
  approved: z.number().int(),
  rejected: z.number().int(),
  total: z.number().int(),
})
export type Quorum = z.infer<typeof Quorum>

export const DecisionKind = z.enum(DECISION_KINDS)
export type DecisionKind = z.infer<typeof DecisionKind>

export const DecisionEntry = z.object({
  approver: z.string().meta({ description: 'E-mail of the approver in whose place it counts.' }),
  decision: DecisionKind,
  comment: z.string(),
  by: Who,
  at: Timestamp,
})
export type DecisionEntry = z.infer<typeof DecisionEntry>

export const WaitForm = z.object({
  title: z.string(),
  description: z.string(),
  fields: z.array(FormField).readonly(),
  schema: z.record(z.string(), z.unknown()),
  assignee: z.string().nullable(),
  /** The link that needs no account, where the author made the form public; only for callers who may answer it. */
  link: z.string().optional(),
})
export type WaitForm = z.infer<typeof WaitForm>

export const WaitApproval = z.object({
  title: z.string(),
  message: z.string(),
  /** Exactly what is approved. */
  show: JsonRecord,
  approvers: z.array(z.object({ email: z.string(), decided: DecisionKind.nullable(), awaited: z.boolean() })),
  quorum: Quorum,
  priority: z.enum(['low', 'normal', 'high']),
  choices: z.array(DecisionKind).readonly(),
  decisions: z.array(DecisionEntry),
})
export type WaitApproval = z.infer<typeof WaitApproval>

export const RunWait = z.object({
  wait_id: z.string(),
  step_id: z.string(),
  path: z.string(),
  type: z.enum(['form', 'approval']),
  /** Only for callers who may answer it; fresh with each read, kept nowhere. */
  resume_token: z.string().nullable(),
  opened_at: Timestamp,
  expires_at: Timestamp.nullable(),
  form: WaitForm.optional(),
  approval: WaitApproval.optional(),
})
export type RunWait = z.infer<typeof RunWait>

export const Run = z.object({
  ...RunFacts,
  id: z.string(),
  inputs: JsonRecord,
  outputs: JsonValue.optional(),
  /** Open waits, the oldest first; `waiting` and `resume_token` mirror the first. */
  waits: z.array(RunWait),
  waiting: RunWait.nullable(),
  resume_token: z.string().nullable(),
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

export const ResumeApproval = z.strictObject({
  step_id: z.string().max(200),
  approved: z.boolean(),
  comment: z.string().max(10_000).default(''),
  approver: z.string().max(320).optional().meta({ description: 'On whose behalf a key decides: an address.' }),
})
export type ResumeApproval = z.infer<typeof ResumeApproval>

export const RunResume = z
  .strictObject({
    resume_token: z.string().max(4_000),
    inputs: JsonRecord.optional(),
    approvals: z.array(ResumeApproval).min(1).max(20).optional(),
  })
  .refine((body) => (body.inputs === undefined) !== (body.approvals === undefined), {
    message: 'Send `inputs` to answer a form or `approvals` to decide, and not both.',
    path: ['inputs'],
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

export const AiCallEntry = z.object({
  id: z.string(),
  provider: z.string(),
  model: z.string(),
  template_id: z.string().nullable(),
  template_version: z.number().int().nullable(),
  /** 0 = first try. */
  retry_count: z.number().int(),
  prompt: z.string(),
  answer: z.string().nullable(),
  violations: z.array(z.object({ path: z.string(), message: z.string() })),
  tokens_prompt: z.number().int(),
  tokens_output: z.number().int(),
  latency_ms: z.number().int(),
  cost_usd: z.number().nullable(),
  error: z.string().nullable(),
  at: Timestamp,
})
export type AiCallEntry = z.infer<typeof AiCallEntry>

export const StepFailure = z.object({ code: z.string(), message: z.string(), retryable: z.boolean() })
export type StepFailure = z.infer<typeof StepFailure>

/** One attempt of one visit of a step. */
export const HistoryStep = z.object({
  step_id: z.string(),
  path: z.string(),
  type: z.string(),
  status: StepStatus,
  visit: z.number().int(),
  attempt: z.number().int(),
  /** Raised by each retry of the run. */
  epoch: z.number().int(),
  /** The parameters as rendered, secrets redacted; null where there are none. */
  input: JsonValue,
  output: JsonValue,
  source: ValueSource.nullable(),
  error: StepFailure.nullable(),
  started_at: Timestamp,
  ended_at: Timestamp.nullable(),
  duration_ms: z.number().int().nullable(),
  /** When the next attempt begins, where one follows. */
  retry_at: Timestamp.nullable(),
  ai_calls: z.array(AiCallEntry),
  /** Of an approval: who decided what, with the comments. */
  decisions: z.array(DecisionEntry),
})
export type HistoryStep = z.infer<typeof HistoryStep>

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

export const RunHistory = z.object({ steps: z.array(HistoryStep), events: z.array(RunEventEntry) })
export type RunHistory = z.infer<typeof RunHistory>

export const RunContextQuery = z.strictObject({
  at: z.string().max(200).optional().meta({ description: 'A step id: the context that step began with; absent: now.' }),
})
export type RunContextQuery = z.infer<typeof RunContextQuery>

export const RunContext = z.object({ static: JsonRecord, profile: JsonRecord, runtime: JsonRecord, steps: JsonRecord })
export type RunContext = z.infer<typeof RunContext>

/** One attempt without its bodies: what a timeline shows of it. `runs.step` answers the rest. */
export const StepSummary = HistoryStep.omit({ input: true, output: true, ai_calls: true, decisions: true }).extend({
  /** Raised by each change of it: what is newer than the newest one knows is what changed since. */
  seq: z.number().int(),
  /** When a worker took it up, after `started_at`, when it was ready; null where none did or it has not told yet. */
  began_at: Timestamp.nullable(),
  /** Of its calls to a model; null where there were none. */
  ai: z
    .object({
      calls: z.number().int(),
      tokens: z.number().int(),
      /** null where a price is not known. */
      cost_usd: z.number().nullable(),
      /** Whether the built-in mock answered. */
      mock: z.boolean(),
    })
    .nullable(),
  decisions: z.array(DecisionEntry.pick({ approver: true, decision: true, at: true })),
})
export type StepSummary = z.infer<typeof StepSummary>

/** Names one attempt of a run. */
export const AttemptRef = z.strictObject({
  step_id: z.string().max(200),
  path: z.string().max(2_000),
  visit: Ordinal,
  attempt: Ordinal,
  epoch: SequenceNumber,
})
export type AttemptRef = z.infer<typeof AttemptRef>

/** What the run page shows at a glance. Of a long run the first steps; `more` tells that others follow `seq`. */
export const RunDetail = Run.extend({
  workflow: z.object({
    id: z.string(),
    name: z.string(),
    version: z.number().int(),
    /** The steps of the version it runs, in the author's order: those not reached are pending. */
    steps: z.array(z.object({ id: z.string(), type: z.string(), name: z.string().nullable() })),
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
  /** Steps that were ready earlier and are free as well; counted up to 1,000. */
  ahead: z.number().int(),
})
export type RunStandstill = z.infer<typeof RunStandstill>

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
