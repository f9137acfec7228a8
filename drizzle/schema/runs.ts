import { sql } from 'drizzle-orm'
import {
  bigserial,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import type { Json, JsonObject } from '#lib/json.ts'
import type { WaitOpening } from '#lib/workflow/catalog.ts'
import type { Profile } from '#lib/workflow/data.ts'
import type { ActivityRef } from '#lib/workflow/events.ts'
import type { DecidedBy, RunError, RunState, WaitState } from '#lib/workflow/state.ts'
import { asWritten, instant } from './columns.ts'

export const runStatus = pgEnum('run_status', ['queued', 'running', 'waiting', 'completed', 'failed', 'canceled'])

export const runs = pgTable(
  'runs',
  {
    id: text('id').primaryKey(),
    workflowId: text('workflow_id').notNull(),
    workflowVersion: integer('workflow_version').notNull(),
    workflowName: text('workflow_name').notNull(),
    status: runStatus('status').notNull(),
    /** Small control state; outputs live in `run_steps`. */
    state: asWritten<RunState>('state').notNull(),
    /** Raised by every write: the compare-and-set of the one writer. */
    revision: integer('revision').notNull(),
    epoch: integer('epoch').notNull(),
    currentStep: text('current_step'),
    inputs: asWritten<JsonObject>('inputs').notNull(),
    static: asWritten<JsonObject>('static').notNull(),
    profile: jsonb('profile').$type<Profile>().notNull(),
    outputs: asWritten<Json>('outputs'),
    error: jsonb('error').$type<RunError>(),
    idempotencyKey: text('idempotency_key'),
    fingerprint: text('fingerprint'),
    /** Stands in every log line and outward call of the run. */
    requestId: text('request_id').notNull(),
    /** The run and step that called this one. */
    parentRunId: text('parent_run_id'),
    parentActivity: asWritten<ActivityRef>('parent_activity'),
    /** The run this one branched off, and the step it began at. */
    forkedFrom: text('forked_from'),
    forkedAt: text('forked_at'),
    /** Runs of one key of which only so many may be under way. */
    concurrencyKey: text('concurrency_key'),
    concurrencyMax: integer('concurrency_max'),
    costUsd: doublePrecision('cost_usd').notNull().default(0),
    tokens: integer('tokens').notNull().default(0),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
    endedAt: instant('ended_at'),
  },
  (t) => [
    uniqueIndex('runs_idempotency').on(t.workflowId, t.idempotencyKey),
    // Newest first is each of these read backwards: `desc` in an index is `nulls last`, which no query asks for.
    index('runs_by_workflow').on(t.workflowId, t.id),
    // Whom and what people search runs by: what is rare or not there is found without reading all.
    index('runs_by_name').on(t.workflowName, t.id),
    index('runs_by_starter').on(
      sql`coalesce(${t.profile} ->> 'user_email', ${t.profile} ->> 'agent_id', 'API key')`,
      t.id,
    ),
    index('runs_by_status').on(t.status, t.id),
    index('runs_by_parent').on(t.parentRunId).where(sql`${t.parentRunId} is not null`),
    index('runs_by_concurrency')
      .on(t.concurrencyKey, t.status, t.id)
      .where(sql`${t.concurrencyKey} is not null and ${t.endedAt} is null`),
    // What analytics count over a range of time, so that they need not read the rows themselves.
    index('runs_by_time').on(t.createdAt, t.status, t.workflowId, t.endedAt, t.id),
  ],
)

export const stepStatus = pgEnum('step_status', [
  'pending',
  'running',
  'waiting',
  'completed',
  'failed',
  'skipped',
  'canceled',
])

/** One row per path, visit and attempt. Completed rows, in the order of `seq`, are the run's data. */
export const runSteps = pgTable(
  'run_steps',
  {
    runId: text('run_id').notNull(),
    epoch: integer('epoch').notNull(),
    path: text('path').notNull(),
    stepId: text('step_id').notNull(),
    visit: integer('visit').notNull(),
    attempt: integer('attempt').notNull(),
    type: text('type').notNull(),
    status: stepStatus('status').notNull(),
    /** Sequence number of the event that ended it, else of the one that began it. */
    seq: integer('seq').notNull(),
    input: asWritten<Json>('input'),
    output: asWritten<Json>('output'),
    source: text('source'),
    error: asWritten<Json>('error'),
    /** When it was ready to be executed. */
    startedAt: instant('started_at').notNull(),
    /** When a worker took it up; written with its end, because a commit for that alone would cost more than it tells. */
    beganAt: instant('began_at'),
    endedAt: instant('ended_at'),
    retryAt: instant('retry_at'),
  },
  (t) => [primaryKey({ columns: [t.runId, t.epoch, t.path, t.stepId, t.visit, t.attempt] })],
)

/** Append-only history. `id` orders the stream of all runs, `seq` that of one. */
export const runEvents = pgTable(
  'run_events',
  {
    id: bigserial('id', { mode: 'number' }).notNull().unique(),
    runId: text('run_id').notNull(),
    seq: integer('seq').notNull(),
    epoch: integer('epoch').notNull(),
    type: text('type').notNull(),
    at: instant('at').notNull(),
    stepId: text('step_id'),
    path: text('path'),
    data: asWritten<JsonObject>('data').notNull(),
  },
  (t) => [primaryKey({ columns: [t.runId, t.seq] })],
)

export const waitKind = pgEnum('wait_kind', ['form', 'approval'])

/** What people are asked. The open ones are also in the control state; here is all that a page or mail shows. */
export const waits = pgTable(
  'waits',
  {
    id: text('id').primaryKey(),
    runId: text('run_id').notNull(),
    key: text('key').notNull(),
    kind: waitKind('kind').notNull(),
    stepId: text('step_id').notNull(),
    path: text('path').notNull(),
    /** The core's own view of it as of the last change. */
    wait: jsonb('wait').$type<WaitState>().notNull(),
    /** What was asked, stored once: pages and mails are rendered from these bytes. */
    opening: asWritten<WaitOpening>('opening').notNull(),
    /** null while open. */
    outcome: text('outcome'),
    closedBy: jsonb('closed_by').$type<DecidedBy>(),
    priority: integer('priority').notNull().default(1),
    openedAt: instant('opened_at').notNull(),
    expiresAt: instant('expires_at'),
    closedAt: instant('closed_at'),
  },
  (t) => [
    uniqueIndex('waits_key').on(t.runId, t.key),
    index('waits_open').on(t.kind, t.id.desc()).where(sql`${t.outcome} is null`),
    index('waits_closed').on(t.kind, t.closedAt.desc()),
  ],
)

/** Who is asked: the inbox's index. Rows of an escalated wait are replaced. */
export const waitApprovers = pgTable(
  'wait_approvers',
  {
    waitId: text('wait_id').notNull(),
    approver: text('approver').notNull(),
    email: text('email').notNull(),
    userId: text('user_id'),
  },
  (t) => [
    primaryKey({ columns: [t.waitId, t.approver] }),
    index('wait_approvers_email').on(t.email),
    index('wait_approvers_user').on(t.userId),
  ],
)

/** Insert-only: one decision per approver and generation of a wait. */
export const approvalDecisions = pgTable(
  'approval_decisions',
  {
    waitId: text('wait_id').notNull(),
    generation: integer('generation').notNull(),
    approver: text('approver').notNull(),
    runId: text('run_id').notNull(),
    decision: text('decision').notNull(),
    comment: text('comment').notNull(),
    by: jsonb('by').$type<DecidedBy>().notNull(),
    /** Hash of what the approver saw. */
    digest: text('digest').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.waitId, t.generation, t.approver] }), index('approval_decisions_run').on(t.runId)],
)

export const aiCalls = pgTable(
  'ai_calls',
  {
    id: text('id').primaryKey(),
    runId: text('run_id').notNull(),
    epoch: integer('epoch').notNull(),
    path: text('path').notNull(),
    stepId: text('step_id').notNull(),
    visit: integer('visit').notNull(),
    attempt: integer('attempt').notNull(),
    /** Position within the attempt. */
    position: integer('position').notNull(),
    provider: text('provider').notNull(),
    model: text('model').notNull(),
    templateId: text('template_id'),
    templateVersion: integer('template_version'),
    retryCount: integer('retry_count').notNull(),
    prompt: text('prompt').notNull(),
    answer: text('answer'),
    violations: jsonb('violations').$type<{ path: string; message: string }[]>().notNull(),
    tokensPrompt: integer('tokens_prompt').notNull(),
    tokensOutput: integer('tokens_output').notNull(),
    latencyMs: integer('latency_ms').notNull(),
    costUsd: doublePrecision('cost_usd'),
    error: text('error'),
    at: instant('at').notNull(),
  },
  (t) => [index('ai_calls_run').on(t.runId), index('ai_calls_by_time').on(t.at)],
)
