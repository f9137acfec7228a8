import { z } from 'zod'
import { AnyId, Ordinal, SequenceNumber } from '#lib/contracts/common.ts'
import { EffectResolve, RunCancel, RunFork, RunRetry, RunStart } from '#lib/contracts/run-acts.ts'
import { RunEventsQuery } from '#lib/contracts/run-events.ts'
import { AttemptRef } from '#lib/contracts/run-steps.ts'
import { RunContextQuery, RunListQuery, RunQuery } from '#lib/contracts/runs.ts'
import { cancelRun } from '#server/services/runs/cancel.ts'
import { getRunContext, getRunValues } from '#server/services/runs/context.ts'
import { getRunDetail } from '#server/services/runs/detail.ts'
import { resolveEffect } from '#server/services/runs/effects.ts'
import { listRunEvents } from '#server/services/runs/events.ts'
import { forkRun } from '#server/services/runs/fork.ts'
import { getRun } from '#server/services/runs/get.ts'
import { listRuns } from '#server/services/runs/list.ts'
import { runReadiness } from '#server/services/runs/readiness.ts'
import { retryRun } from '#server/services/runs/retry.ts'
import { getRunStandstill } from '#server/services/runs/standstill.ts'
import { startRun } from '#server/services/runs/start.ts'
import { getRunStep } from '#server/services/runs/step.ts'
import { authedProcedure, router } from '../trpc.ts'

const ById = z.strictObject({ id: AnyId })

export const runsRouter = router({
  list: authedProcedure.input(RunListQuery).query(({ ctx, input }) => listRuns({ ctx, input })),
  get: authedProcedure
    .input(ById.extend({ query: RunQuery.default({}) }))
    .query(({ ctx, input, signal }) => getRun({ ctx, input, ...(signal ? { signal } : {}) })),
  detail: authedProcedure
    .input(ById.extend({ after: SequenceNumber.optional() }))
    .query(({ ctx, input }) => getRunDetail({ ctx, input })),
  step: authedProcedure
    .input(ById.extend({ attempt: AttemptRef }))
    .query(({ ctx, input }) => getRunStep({ ctx, input })),
  events: authedProcedure
    .input(ById.extend({ query: RunEventsQuery.prefault({}) }))
    .query(({ ctx, input }) => listRunEvents({ ctx, input })),
  context: authedProcedure
    .input(ById.extend({ query: RunContextQuery.default({}) }))
    .query(({ ctx, input }) => getRunContext({ ctx, input })),
  values: authedProcedure
    .input(ById.extend({ query: RunContextQuery.default({}) }))
    .query(({ ctx, input }) => getRunValues({ ctx, input })),
  /** Asked again and again while a run is under way: that the last worker ended is no event of the run. */
  standstill: authedProcedure.input(ById).query(({ ctx, input }) => getRunStandstill({ ctx, input })),
  /** What is not configured yet, to be told before somebody presses "Start". */
  readiness: authedProcedure
    .input(z.strictObject({ workflow_id: AnyId, version: Ordinal }))
    .query(({ ctx, input }) => runReadiness({ ctx, input })),
  start: authedProcedure
    .input(z.strictObject({ body: RunStart, key: z.string().nullable().default(null) }))
    .mutation(({ ctx, input }) => startRun({ ctx, input })),
  cancel: authedProcedure
    .input(ById.extend({ body: RunCancel.default({}) }))
    .mutation(({ ctx, input }) => cancelRun({ ctx, input })),
  retry: authedProcedure
    .input(ById.extend({ body: RunRetry.default({}) }))
    .mutation(({ ctx, input }) => retryRun({ ctx, input })),
  fork: authedProcedure
    .input(ById.extend({ body: RunFork, key: z.string().nullable().default(null) }))
    .mutation(({ ctx, input }) => forkRun({ ctx, input })),
  resolveEffect: authedProcedure
    .input(ById.extend({ effect_id: AnyId, body: EffectResolve }))
    .mutation(({ ctx, input }) => resolveEffect({ ctx, input })),
})
