import { asc, eq } from 'drizzle-orm'
import { aiCalls, approvalDecisions, runEvents, runSteps, waits } from '#drizzle/schema/index.ts'
import { ValueSource } from '#lib/contracts/common.ts'
import {
  type AiCallEntry,
  type DecisionEntry,
  DecisionKind,
  type HistoryStep,
  type RunHistory,
  StepFailure,
} from '#lib/contracts/runs.ts'
import { waitKey } from '#lib/workflow/turn.ts'
import { authorise } from '../authorise.ts'
import type { ServiceContext } from '../context.ts'
import { findRun } from './find.ts'
import { toEventEntry } from './to-run.ts'

/** Everything that happened: every attempt in the order in which it began, and the events. */
export async function getRunHistory({
  ctx,
  input,
}: {
  ctx: ServiceContext
  input: { readonly id: string }
}): Promise<RunHistory> {
  authorise(ctx, 'run:read')
  const run = await findRun(ctx.app.database.db, input.id)
  return readHistory(ctx, run.id)
}

export async function readHistory(ctx: ServiceContext, run_id: string): Promise<RunHistory> {
  const { db } = ctx.app.database
  const [steps, events, calls, decisions] = await Promise.all([
    db.select().from(runSteps).where(eq(runSteps.runId, run_id)).orderBy(asc(runSteps.startedAt), asc(runSteps.seq)),
    db.select().from(runEvents).where(eq(runEvents.runId, run_id)).orderBy(asc(runEvents.seq)),
    db.select().from(aiCalls).where(eq(aiCalls.runId, run_id)).orderBy(asc(aiCalls.at), asc(aiCalls.position)),
    db
      .select({ key: waits.key, wait: waits.wait, decision: approvalDecisions })
      .from(approvalDecisions)
      .innerJoin(waits, eq(waits.id, approvalDecisions.waitId))
      .where(eq(approvalDecisions.runId, run_id))
      .orderBy(asc(approvalDecisions.at)),
  ])
  const callsOf = group(calls, attemptKey, toAiCall)
  const decisionsOf = group(decisions, ({ key }) => key, toDecision)
  return {
    steps: steps.map((row) => toStep(row, callsOf.get(attemptKey(row)), decisionsOf.get(stepWaitKey(row)))),
    events: events.map(toEventEntry),
  }
}

type StepRecord = typeof runSteps.$inferSelect
type AiCallRecord = typeof aiCalls.$inferSelect

function toStep(row: StepRecord, ai_calls: AiCallEntry[] = [], decisions: DecisionEntry[] = []): HistoryStep {
  return {
    step_id: row.stepId,
    path: row.path,
    type: row.type,
    status: row.status,
    visit: row.visit,
    attempt: row.attempt,
    epoch: row.epoch,
    input: row.input ?? null,
    output: row.output ?? null,
    source: ValueSource.safeParse(row.source).data ?? null,
    error: StepFailure.safeParse(row.error).data ?? null,
    started_at: row.startedAt.toISOString(),
    ended_at: row.endedAt?.toISOString() ?? null,
    duration_ms: row.endedAt === null ? null : row.endedAt.getTime() - row.startedAt.getTime(),
    retry_at: row.retryAt?.toISOString() ?? null,
    ai_calls,
    decisions,
  }
}

function toAiCall(row: AiCallRecord): AiCallEntry {
  return {
    id: row.id,
    provider: row.provider,
    model: row.model,
    template_id: row.templateId,
    template_version: row.templateVersion,
    retry_count: row.retryCount,
    prompt: row.prompt,
    answer: row.answer,
    violations: row.violations,
    tokens_prompt: row.tokensPrompt,
    tokens_output: row.tokensOutput,
    latency_ms: row.latencyMs,
    cost_usd: row.costUsd,
    error: row.error,
    at: row.at.toISOString(),
  }
}

function toDecision({
  wait,
  decision,
}: {
  wait: typeof waits.$inferSelect.wait
  decision: typeof approvalDecisions.$inferSelect
}): DecisionEntry {
  // An approver of an earlier round is no longer named by the wait; who decided then stands for the place.
  const place = wait.kind === 'approval' ? wait.approvers.find((a) => a.id === decision.approver)?.email : undefined
  return {
    approver: place ?? decision.by.label,
    decision: DecisionKind.parse(decision.decision),
    comment: decision.comment,
    by: decision.by,
    at: decision.at.toISOString(),
  }
}

function attemptKey(row: Pick<StepRecord, 'epoch' | 'path' | 'stepId' | 'visit' | 'attempt'>): string {
  return `${row.epoch}:${row.path}:${row.stepId}:${row.visit}:${row.attempt}`
}

function stepWaitKey({ path, stepId, visit, epoch }: StepRecord): string {
  return waitKey({ path, step: stepId, visit, epoch })
}

function group<R, V>(rows: readonly R[], keyOf: (row: R) => string, convert: (row: R) => V): Map<string, V[]> {
  const groups = new Map<string, V[]>()
  for (const row of rows) {
    const key = keyOf(row)
    const values = groups.get(key) ?? []
    values.push(convert(row))
    groups.set(key, values)
  }
  return groups
}
