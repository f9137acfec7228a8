import type { Call, EarlySignal, EarlySignalAnswer } from '../../port.ts'
import { earlyRefusal, toEarly } from '../../signals.ts'
import type { EngineParts } from '../parts.ts'
import { move } from './move.ts'
import { closed } from './signal.ts'

/** Keeps an answer for a step that has not asked yet. Of several in one place the first is kept. */
export async function signalEarly(parts: EngineParts, call: Call, input: EarlySignal): Promise<EarlySignalAnswer> {
  const { run_id } = input
  const moved = await move<never>(parts, call, run_id, async (_run, at) => ({
    event: { type: 'answer.early', answer: toEarly(input, call.actor, at), at },
  }))
  if (moved.ok === 'answered') return moved.answer
  if (moved.ok) return { ok: true, run_id, status: moved.transition.state.status }
  if (moved.reason === 'not_found') return { ok: false, reason: 'not_found', decided: null }
  const refused = earlyRefusal(moved.refusal, moved.run.state, toEarly(input, call.actor, ''))
  if (refused.reason !== 'decided' || refused.decided) return refused
  return { ...refused, decided: await lastClosed(parts, input) }
}

/** How the step was answered when it asked; null: it has not, or only inside something that was given up. */
async function lastClosed(parts: EngineParts, { run_id, step }: EarlySignal) {
  const [row] = await parts.sql<{ id: string }[]>`
    select id from waits where run_id = ${run_id} and step_id = ${step} order by closed_at desc limit 1`
  return row ? (await closed(parts, row.id)).decided : null
}
