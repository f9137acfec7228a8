import type { Json, JsonObject } from '#lib/json.ts'
import { CALLER_ENDED, MAX_DEPTH, returnEvent, tooDeep } from '#lib/workflow/called-runs.ts'
import type { ActivityRef } from '#lib/workflow/events.ts'
import type { RunError, RunStatus } from '#lib/workflow/state.ts'
import { isCurrent } from '#lib/workflow/transition.ts'
import type { Queries } from '#server/db/client.ts'
import { withinTurn } from '../../children.ts'
import type { Call, ChildStart } from '../../port.ts'
import { cancel } from '../client/change.ts'
import { start } from '../client/start.ts'
import { type ClaimedWork, finish } from './claim.ts'
import type { WorkerContext } from './parts.ts'
import { settleWork } from './settle.ts'

interface CallPayload {
  readonly activity: ActivityRef
  readonly key: string
  readonly workflow: string
  readonly inputs: JsonObject
}

/** Starts the run that a step calls: once, whatever crashes, because the start's key is that of the step's effect. */
export async function startChild(context: WorkerContext, work: ClaimedWork): Promise<void> {
  const { parts, ports, lease } = context
  const { activity, key, workflow, inputs } = work.payload as unknown as CallPayload
  const caller = work.run_id === null ? null : await parts.loader.load(work.run_id)
  if (!caller || !isCurrent(caller.state, activity)) return finish(parts.sql, work, lease.owner)
  const callers = await callersOf(parts.sql, caller.id)
  const found: ChildStart =
    callers.length < MAX_DEPTH ? await ports.child(caller, workflow, inputs) : { ok: false, error: tooDeep() }
  if (!found.ok) {
    const result = { input: { workflow, inputs }, ai_calls: [] }
    await settleWork(context, work, (_run, at) => ({ type: 'step.failed', activity, error: found.error, result, at }))
    return
  }
  // Begins nothing where the step has gone on meanwhile: whoever hung up found no run to cancel yet.
  await start(parts, asCaller(caller.request_id), {
    ...withinTurn(found.start, callers),
    idempotency: { key: `${key}:${activity.attempt}`, fingerprint: key },
    parent: { run_id: caller.id, activity },
  })
  await finish(parts.sql, work, lease.owner)
}

/** The concurrency keys of this run and of those above it, which called one another. */
async function callersOf(sql: Queries, run_id: string): Promise<readonly (string | null)[]> {
  const rows = await sql<{ key: string | null }[]>`
    with recursive callers as (
      select id, parent_run_id, concurrency_key from runs where id = ${run_id}
      union all
      select runs.id, runs.parent_run_id, runs.concurrency_key from runs join callers on runs.id = callers.parent_run_id)
    select concurrency_key as key from callers`
  return rows.map(({ key }) => key)
}

/** Cancels the run that a step called, which has gone on without it. */
export async function cancelChild({ parts, lease }: WorkerContext, work: ClaimedWork): Promise<void> {
  const { key, activity } = work.payload as unknown as Pick<CallPayload, 'key' | 'activity'>
  const children = await parts.sql<{ id: string; request_id: string }[]>`
    select id, request_id from runs
    where parent_run_id = ${work.run_id} and idempotency_key = ${`${key}:${activity.attempt}`} and ended_at is null`
  for (const { id, request_id } of children)
    await cancel(parts, asCaller(request_id), { run_id: id, reason: CALLER_ENDED })
  await finish(parts.sql, work, lease.owner)
}

/** Tells the calling step how its run ended. */
export async function returnToCaller(context: WorkerContext, work: ClaimedWork): Promise<void> {
  const { child, activity } = work.payload as unknown as { readonly child: string; readonly activity: ActivityRef }
  const [ended] = await context.parts.sql<{ status: RunStatus; outputs: Json; error: RunError | null }[]>`
    select status, outputs, error from runs where id = ${child}`
  await settleWork(context, work, (_run, at) => (ended ? returnEvent({ run_id: child, ...ended }, activity, at) : null))
}

function asCaller(request_id: string): Call {
  return { actor: { kind: 'system', name: 'workflow step' }, request_id, audit: null }
}
