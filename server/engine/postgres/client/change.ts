import type { JsonObject } from '#lib/json.ts'
import type { RunEvent } from '#lib/workflow/events.ts'
import type { Call, RunAnswer } from '../../port.ts'
import type { EngineParts } from '../parts.ts'
import { move } from './move.ts'

/** Ends a run. Nothing new begins after this is answered. */
export function cancel(parts: EngineParts, call: Call, input: { run_id: string; reason: string }): Promise<RunAnswer> {
  return change(parts, call, input.run_id, (at) => ({ type: 'cancel', reason: input.reason, at }))
}

/** Begins the next epoch of a failed or canceled run. */
export function retry(
  parts: EngineParts,
  call: Call,
  input: { run_id: string; from_step: string | null; inputs: JsonObject | null },
): Promise<RunAnswer> {
  return change(parts, call, input.run_id, (at) => ({ type: 'retry', from: input.from_step, inputs: input.inputs, at }))
}

async function change(
  parts: EngineParts,
  call: Call,
  run_id: string,
  event: (at: string) => RunEvent,
): Promise<RunAnswer> {
  const moved = await move<never>(parts, call, run_id, async (_run, at) => ({ event: event(at) }))
  if (moved.ok === 'answered') return moved.answer
  if (moved.ok) return { ok: true, run_id, status: moved.transition.state.status }
  if (moved.reason === 'not_found') return { ok: false, reason: 'not_found', status: null }
  const reason = moved.refusal === 'unknown_step' ? 'unknown_step' : 'wrong_state'
  return { ok: false, reason, status: moved.run.state.status }
}
