import type { runEvents } from '#drizzle/schema/index.ts'
import type { RunEventEntry } from '#lib/contracts/run-events.ts'
import type { RunRow } from '#lib/contracts/runs.ts'
import { starterOf } from '../actors.ts'
import type { RunRecord } from './find.ts'

export type RunSummary = Omit<
  RunRecord,
  | 'state'
  | 'inputs'
  | 'static'
  | 'outputs'
  | 'revision'
  | 'epoch'
  | 'fingerprint'
  | 'parentRunId'
  | 'parentActivity'
  | 'forkedFrom'
  | 'forkedAt'
  | 'concurrencyKey'
  | 'concurrencyMax'
>

/** What lists and pages tell of a run alike. */
export function toRunRow(run: RunSummary): Omit<RunRow, 'waiting_for'> {
  return {
    run_id: run.id,
    workflow_id: run.workflowId,
    workflow_name: run.workflowName,
    workflow_version: run.workflowVersion,
    status: run.status,
    current_step: run.currentStep,
    error: run.error,
    cost: { usd: run.costUsd, tokens: run.tokens },
    started_by: starterOf(run.profile),
    started_at: run.createdAt.toISOString(),
    updated_at: run.updatedAt.toISOString(),
    ended_at: run.endedAt?.toISOString() ?? null,
    duration_ms: run.endedAt === null ? null : run.endedAt.getTime() - run.createdAt.getTime(),
  }
}

export function toEventEntry(row: typeof runEvents.$inferSelect): RunEventEntry {
  return {
    id: row.id,
    run_id: row.runId,
    seq: row.seq,
    epoch: row.epoch,
    type: row.type,
    at: row.at.toISOString(),
    step_id: row.stepId,
    path: row.path,
    data: row.data,
  }
}
