import { z } from 'zod'
import { AnyId } from '#lib/contracts/common.ts'
import {
  EffectResolve,
  RunAccepted,
  RunCancel,
  RunFork,
  RunResume,
  RunResumed,
  RunRetry,
  RunStart,
  RunStarted,
} from '#lib/contracts/run-acts.ts'
import {
  Run,
  RunContext,
  RunContextQuery,
  RunExport,
  RunHistory,
  RunList,
  RunListQuery,
  RunQuery,
} from '#lib/contracts/runs.ts'
import { cancelRun } from '#server/services/runs/cancel.ts'
import { getRunContext } from '#server/services/runs/context.ts'
import { resolveEffect } from '#server/services/runs/effects.ts'
import { exportRun } from '#server/services/runs/export.ts'
import { forkRun } from '#server/services/runs/fork.ts'
import { getRun } from '#server/services/runs/get.ts'
import { getRunHistory } from '#server/services/runs/history.ts'
import { listRuns } from '#server/services/runs/list.ts'
import { resumeRun } from '#server/services/runs/resume.ts'
import { retryRun } from '#server/services/runs/retry.ts'
import { startRun } from '#server/services/runs/start.ts'
import { endpoint, type Reply } from '../endpoint.ts'

const RunParams = z.strictObject({ id: AnyId })
const StartHeaders = z.object({ 'Idempotency-Key': z.string().optional() })
const START_ERRORS = [
  'workflow.not_found',
  'workflow.disabled',
  'workflow.settings_missing',
  'inputs.invalid',
  'idempotency.key_reused',
  'idempotency.key_invalid',
] as const

function answerStart(started: z.infer<typeof RunStarted>, reply: Reply) {
  if (started.replayed) reply.status(200)
  reply.header('location', `/api/v1/executions/${started.run_id}`)
  return started
}

export const startExecution = endpoint({
  id: 'startExecution',
  method: 'POST',
  path: '/executions',
  tag: 'executions',
  summary: 'Start a run',
  description:
    'With an idempotency key (field or header) a repeat answers the first run with 200 and `replayed: true`. Nothing is saved when something is missing or does not fit.',
  access: 'run:start',
  headers: StartHeaders,
  body: RunStart,
  status: [202, 200],
  response: RunStarted,
  errors: START_ERRORS,
  run: async ({ ctx, headers, body, reply }) => {
    const input = { body, key: headers['Idempotency-Key'] ?? null }
    return answerStart(await startRun({ ctx, input }), reply)
  },
})

export const listExecutions = endpoint({
  id: 'listExecutions',
  method: 'GET',
  path: '/executions',
  tag: 'executions',
  summary: 'List runs, the newest first',
  access: 'run:read',
  query: RunListQuery,
  status: 200,
  response: RunList,
  run: ({ ctx, query }) => listRuns({ ctx, input: query }),
})

export const getExecution = endpoint({
  id: 'getExecution',
  method: 'GET',
  path: '/executions/{id}',
  tag: 'executions',
  summary: 'A run and what it waits for',
  description: '`wait=25` answers only when the run rests (waits or is over), or after 25 seconds.',
  access: 'run:read',
  params: RunParams,
  query: RunQuery,
  status: 200,
  response: Run,
  errors: ['run.not_found'],
  run: ({ ctx, params, query, request }) => getRun({ ctx, input: { id: params.id, query }, signal: request.signal }),
})

export const resumeExecution = endpoint({
  id: 'resumeExecution',
  method: 'POST',
  path: '/executions/{id}/resume',
  tag: 'executions',
  summary: 'Answer what a run waits for',
  description:
    'A form with `inputs`, an approval with `approvals`, and the token that a read of the run gave. Invalid input leaves the wait open. Of several answers at once one is taken. With `step` in place of the token also before the step asks: then 202 and `kept: true`, and the answer is taken, and looked at, the moment it does.',
  access: ['run:resume', 'approvals:decide'],
  params: RunParams,
  body: RunResume,
  status: [200, 202],
  response: RunResumed,
  errors: [
    'run.not_found',
    'run.wrong_state',
    'run.unknown_step',
    'resume.token_invalid',
    'resume.token_expired',
    'resume.already_decided',
    'form.invalid',
    'approval.expired',
    'approval.not_allowed',
    'approval.approver_needed',
  ],
  run: async ({ ctx, params, body, reply }) => {
    const resumed = await resumeRun({ ctx, input: { id: params.id, body } })
    if (resumed.kept) reply.status(202)
    return resumed
  },
})

export const cancelExecution = endpoint({
  id: 'cancelExecution',
  method: 'POST',
  path: '/executions/{id}/cancel',
  tag: 'executions',
  summary: 'Cancel a run',
  access: 'run:cancel',
  params: RunParams,
  body: RunCancel,
  status: 200,
  response: RunAccepted,
  errors: ['run.not_found', 'run.wrong_state'],
  run: ({ ctx, params, body }) => cancelRun({ ctx, input: { id: params.id, body } }),
})

export const retryExecution = endpoint({
  id: 'retryExecution',
  method: 'POST',
  path: '/executions/{id}/retry',
  tag: 'executions',
  summary: 'Take a failed or canceled run up again',
  description: 'Where it stopped, or at `from_step`. Good steps and decisions before it are kept.',
  access: 'run:retry',
  params: RunParams,
  body: RunRetry,
  status: 202,
  response: RunAccepted,
  errors: ['run.not_found', 'run.wrong_state', 'run.unknown_step', 'inputs.invalid'],
  run: ({ ctx, params, body }) => retryRun({ ctx, input: { id: params.id, body } }),
})

export const forkExecution = endpoint({
  id: 'forkExecution',
  method: 'POST',
  path: '/executions/{id}/fork',
  tag: 'executions',
  summary: 'Start another run from a step of this one',
  description:
    'With what the steps before `from_step` produced and the decisions made there; this run stays as it is. Each call starts a run; with an idempotency key a repeat answers the first one with 200 and `replayed: true`.',
  access: 'run:start',
  params: RunParams,
  headers: StartHeaders,
  body: RunFork,
  status: [202, 200],
  response: RunStarted,
  errors: ['run.not_found', 'run.unknown_step', ...START_ERRORS],
  run: async ({ ctx, params, headers, body, reply }) => {
    const input = { id: params.id, body, key: headers['Idempotency-Key'] ?? null }
    return answerStart(await forkRun({ ctx, input }), reply)
  },
})

export const resolveExecutionEffect = endpoint({
  id: 'resolveExecutionEffect',
  method: 'POST',
  path: '/executions/{id}/effects/{effect_id}',
  tag: 'executions',
  summary: 'Say what happened to an effect of which nobody knows',
  description:
    'A read of the run tells them in `effects`, with the evidence. Repeat it with the same idempotency key, take it as done with `result` as the output of the step, or fail the step. Of several answers one is taken.',
  access: 'run:retry',
  params: RunParams.extend({ effect_id: AnyId }),
  body: EffectResolve,
  status: 200,
  response: RunAccepted,
  errors: ['run.not_found', 'effect.not_found', 'effect.already_settled', 'run.wrong_state'],
  run: ({ ctx, params, body }) => resolveEffect({ ctx, input: { ...params, body } }),
})

export const getExecutionHistory = endpoint({
  id: 'getExecutionHistory',
  method: 'GET',
  path: '/executions/{id}/history',
  tag: 'executions',
  summary: 'Every attempt of every step, and the events',
  access: 'run:read',
  params: RunParams,
  status: 200,
  response: RunHistory,
  errors: ['run.not_found'],
  run: ({ ctx, params }) => getRunHistory({ ctx, input: params }),
})

export const getExecutionContext = endpoint({
  id: 'getExecutionContext',
  method: 'GET',
  path: '/executions/{id}/context',
  tag: 'executions',
  summary: 'What expressions see: static, profile, runtime, steps',
  description: 'Now, or as the step `at` began with it. Secrets and sensitive constants are never in it.',
  access: 'run:read',
  params: RunParams,
  query: RunContextQuery,
  status: 200,
  response: RunContext,
  errors: ['run.not_found', 'run.unknown_step'],
  run: ({ ctx, params, query }) => getRunContext({ ctx, input: { id: params.id, query } }),
})

export const exportExecution = endpoint({
  id: 'exportExecution',
  method: 'GET',
  path: '/executions/{id}/export',
  tag: 'executions',
  summary: 'Everything of a run in one document',
  description:
    'The run, its history and its context, to keep or to pass on. Secrets and sensitive constants are never in it, nor anything that opens a wait.',
  access: 'run:read',
  params: RunParams,
  status: 200,
  response: RunExport,
  errors: ['run.not_found'],
  run: async ({ ctx, params, reply }) => {
    const answer = await exportRun({ ctx, input: params })
    reply.header('content-disposition', `attachment; filename="${answer.run.run_id}.json"`)
    return answer
  },
})
