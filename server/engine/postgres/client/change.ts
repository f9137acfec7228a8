import type { JsonObject } from '#lib/json.ts'
import { CALLER_ENDED } from '#lib/workflow/called-runs.ts'
import type { EffectResolution, RunEvent } from '#lib/workflow/events.ts'
import type { DecidedBy } from '#lib/workflow/state.ts'
import { unknownEffects } from '#lib/workflow/unknown-effects.ts'
import type { Call, RunAnswer } from '../../port.ts'
import type { LoadedRun } from '../load.ts'
import type { EngineParts } from '../parts.ts'
import { move } from './move.ts'

/** Ends a run, and the runs its steps called. Nothing new begins after this is answered. */
export async function cancel(
  parts: EngineParts,
  call: Call,
  input: { run_id: string; reason: string },
): Promise<RunAnswer> {
  const answer = await change(parts, call, input.run_id, (at) => ({ type: 'cancel', reason: input.reason, at }))
  // The worker does the same; here it is done before the caller is answered.
  if (answer.ok) await cancelChildren(parts, call, input.run_id)
  return answer
}

async function cancelChildren(parts: EngineParts, call: Call, run_id: string): Promise<void> {
  const children = await parts.sql<{ id: string }[]>`
    select id from runs where parent_run_id = ${run_id} and ended_at is null`
  for (const { id } of children) await cancel(parts, { ...call, audit: null }, { run_id: id, reason: CALLER_ENDED })
}

/** Says what happened to an effect of which nobody knows. */
export async function resolve(
  parts: EngineParts,
  call: Call,
  input: { run_id: string; effect: string; resolution: EffectResolution; by: DecidedBy },
): Promise<RunAnswer> {
  const run = await parts.loader.load(input.run_id)
  if (!run) return { ok: false, reason: 'not_found', status: null }
  const activity = unknownEffects(run.id, run.state).get(input.effect)
  if (!activity) return { ok: false, reason: 'unknown_effect', status: run.state.status }
  const { resolution, by } = input
  return change(parts, call, run.id, (at) => ({ type: 'effect.resolved', activity, resolution, by, at }))
}

/** Begins the next epoch of a failed or canceled run; one of those that take turns is queued first. */
export function retry(
  parts: EngineParts,
  call: Call,
  input: { run_id: string; from_step: string | null; inputs: JsonObject | null },
): Promise<RunAnswer> {
  const { run_id, from_step: from, inputs } = input
  return change(parts, call, run_id, (at, { links }) => ({
    type: 'retry',
    from,
    inputs,
    hold: links.concurrency !== null,
    at,
  }))
}

async function change(
  parts: EngineParts,
  call: Call,
  run_id: string,
  event: (at: string, run: LoadedRun) => RunEvent,
): Promise<RunAnswer> {
  const moved = await move<never>(parts, call, run_id, async (run, at) => ({ event: event(at, run) }))
  if (moved.ok === 'answered') return moved.answer
  if (moved.ok) return { ok: true, run_id, status: moved.transition.state.status }
  if (moved.reason === 'not_found') return { ok: false, reason: 'not_found', status: null }
  const reason = moved.refusal === 'unknown_step' ? 'unknown_step' : 'wrong_state'
  return { ok: false, reason, status: moved.run.state.status }
}
