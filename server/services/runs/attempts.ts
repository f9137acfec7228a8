import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm'
import { aiCalls, approvalDecisions, runSteps, waits } from '#drizzle/schema/index.ts'
import { ValueSource } from '#lib/contracts/common.ts'
import { type AiCallEntry, type HistoryStep, StepFailure, type StepSummary } from '#lib/contracts/run-steps.ts'
import { type DecisionEntry, DecisionKind } from '#lib/contracts/run-waits.ts'
import { aiSummary } from '#lib/step-summary.ts'
import { waitKey } from '#lib/workflow/turn.ts'
import type { Tx } from '../audit.ts'

type StepRecord = typeof runSteps.$inferSelect
type StepHead = Omit<StepRecord, 'input' | 'output'>
type AttemptKey = Pick<StepRecord, 'epoch' | 'path' | 'stepId' | 'visit' | 'attempt'>

/** The columns of an attempt without its bodies, which may be large and are read for one at a time. */
const HEAD = {
  runId: runSteps.runId,
  epoch: runSteps.epoch,
  path: runSteps.path,
  stepId: runSteps.stepId,
  visit: runSteps.visit,
  attempt: runSteps.attempt,
  type: runSteps.type,
  status: runSteps.status,
  seq: runSteps.seq,
  source: runSteps.source,
  error: runSteps.error,
  startedAt: runSteps.startedAt,
  beganAt: runSteps.beganAt,
  endedAt: runSteps.endedAt,
  retryAt: runSteps.retryAt,
  /** Of a step that rests until an instant, which is all that its input says; people’s waits have none. */
  until: sql<string | null>`case when ${runSteps.status} = 'waiting' then ${runSteps.input}->>'until' end`,
} as const

/** Up to `limit` attempts that changed after event number `after`, in the order of their last changes. */
export async function readSummaries(db: Tx, run_id: string, after: number, limit: number): Promise<StepSummary[]> {
  const rows = await db
    .select(HEAD)
    .from(runSteps)
    .where(and(eq(runSteps.runId, run_id), gt(runSteps.seq, after)))
    .orderBy(asc(runSteps.seq))
    .limit(limit)
  if (rows.length === 0) return []
  const [calls, decisions] = await Promise.all([
    readCallFigures(db, run_id, [...new Set(rows.map((row) => row.stepId))]),
    readDecisions(db, run_id),
  ])
  const callsOf = group(calls, attemptKey)
  return rows.map((row) => ({
    ...headOf(row),
    seq: row.seq,
    began_at: row.beganAt?.toISOString() ?? null,
    ...(row.until === null ? {} : { until: row.until }),
    ai: aiSummary((callsOf.get(attemptKey(row)) ?? []).map(figures)),
    decisions: (decisions.get(stepWaitKey(row)) ?? []).map(({ approver, decision, at }) => ({
      approver,
      decision,
      at,
    })),
  }))
}

/** What an attempt says of itself, without input, output and what belongs to it. */
export function headOf(row: StepHead): Omit<HistoryStep, 'input' | 'output' | 'ai_calls' | 'decisions'> {
  return {
    step_id: row.stepId,
    path: row.path,
    type: row.type,
    status: row.status,
    visit: row.visit,
    attempt: row.attempt,
    epoch: row.epoch,
    source: ValueSource.safeParse(row.source).data ?? null,
    error: StepFailure.safeParse(row.error).data ?? null,
    started_at: row.startedAt.toISOString(),
    ended_at: row.endedAt?.toISOString() ?? null,
    duration_ms: row.endedAt === null ? null : row.endedAt.getTime() - row.startedAt.getTime(),
    retry_at: row.retryAt?.toISOString() ?? null,
  }
}

/** An attempt with all that belongs to it. */
export function toHistoryStep(row: StepRecord, ai_calls: AiCallEntry[], decisions: DecisionEntry[]): HistoryStep {
  return { ...headOf(row), input: row.input ?? null, output: row.output ?? null, ai_calls, decisions }
}

export function toAiCall(row: typeof aiCalls.$inferSelect): AiCallEntry {
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

/** Who decided what, in the order they did, by the key of the wait. */
export async function readDecisions(db: Tx, run_id: string): Promise<Map<string, DecisionEntry[]>> {
  const rows = await db
    .select({ key: waits.key, wait: waits.wait, decision: approvalDecisions })
    .from(approvalDecisions)
    .innerJoin(waits, eq(waits.id, approvalDecisions.waitId))
    .where(eq(approvalDecisions.runId, run_id))
    .orderBy(asc(approvalDecisions.at))
  const found = new Map<string, DecisionEntry[]>()
  for (const { key, wait, decision } of rows) found.set(key, [...(found.get(key) ?? []), toDecision(wait, decision)])
  return found
}

function toDecision(
  wait: typeof waits.$inferSelect.wait,
  decision: typeof approvalDecisions.$inferSelect,
): DecisionEntry {
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

/** What the calls of these steps took, without what was said. */
function readCallFigures(db: Tx, run_id: string, steps: readonly string[]) {
  return db
    .select({
      epoch: aiCalls.epoch,
      path: aiCalls.path,
      stepId: aiCalls.stepId,
      visit: aiCalls.visit,
      attempt: aiCalls.attempt,
      provider: aiCalls.provider,
      tokensPrompt: aiCalls.tokensPrompt,
      tokensOutput: aiCalls.tokensOutput,
      costUsd: aiCalls.costUsd,
    })
    .from(aiCalls)
    .where(and(eq(aiCalls.runId, run_id), inArray(aiCalls.stepId, [...steps])))
}

type CallFigures = Awaited<ReturnType<typeof readCallFigures>>[number]

function figures({ provider, tokensPrompt, tokensOutput, costUsd }: CallFigures) {
  return { provider, tokens_prompt: tokensPrompt, tokens_output: tokensOutput, cost_usd: costUsd }
}

export function attemptKey(row: AttemptKey): string {
  return `${row.epoch}:${row.path}:${row.stepId}:${row.visit}:${row.attempt}`
}

export function stepWaitKey({ path, stepId, visit, epoch }: AttemptKey): string {
  return waitKey({ path, step: stepId, visit, epoch })
}

export function group<R>(rows: readonly R[], keyOf: (row: R) => string): Map<string, R[]> {
  const groups = new Map<string, R[]>()
  for (const row of rows) {
    const values = groups.get(keyOf(row))
    if (values) values.push(row)
    else groups.set(keyOf(row), [row])
  }
  return groups
}
