import type { DecidedBy, WaitState } from '#lib/workflow/state.ts'
import type { Call, SignalAnswer, SignalInput } from '../../port.ts'
import { closedReason, toEvent, toReason } from '../../signals.ts'
import type { EngineParts } from '../parts.ts'
import { move } from './move.ts'

type Refused = Extract<SignalAnswer, { ok: false }>

/** Answers a wait: a form's values, a decision, or a place given to somebody else. One of several at once wins. */
export async function signal(parts: EngineParts, call: Call, input: SignalInput): Promise<SignalAnswer> {
  const key = await waitKey(parts, input)
  if (key === null) return { ok: false, reason: 'not_found', decided: null }
  const moved = await move<Refused>(parts, call, input.run_id, async (run, at) => {
    const wait = run.state.waits[key]
    if (!wait) return { answer: await closed(parts, input.wait_id) }
    const event = toEvent(wait, input, call.actor, at)
    return typeof event === 'string' ? { answer: { ok: false, reason: event, decided: null } } : { event }
  })
  if (moved.ok === 'answered') return moved.answer
  if (!moved.ok) {
    if (moved.reason === 'not_found') return { ok: false, reason: 'not_found', decided: null }
    const wait = moved.run.state.waits[key]
    const reason = toReason(moved.refusal)
    return { ok: false, reason, decided: reason === 'decided' && wait ? earlierDecision(wait, input) : null }
  }
  const { state } = moved.transition
  return { ok: true, run_id: input.run_id, status: state.status, wait_open: key in state.waits }
}

async function waitKey(parts: EngineParts, input: SignalInput): Promise<string | null> {
  const [row] = await parts.sql<
    { key: string }[]
  >`select key from waits where id = ${input.wait_id} and run_id = ${input.run_id}`
  return row?.key ?? null
}

/** Who closed it and when: what the loser of a race is told. */
export async function closed(parts: EngineParts, wait_id: string): Promise<Refused> {
  const [row] = await parts.sql<{ outcome: string | null; closed_by: DecidedBy | null; closed_at: string | null }[]>`
    select outcome, closed_by, closed_at from waits where id = ${wait_id}`
  const outcome = row?.outcome ?? 'canceled'
  return {
    ok: false,
    reason: closedReason(outcome),
    decided: {
      outcome,
      by: row?.closed_by?.label ?? null,
      at: row?.closed_at ? new Date(row.closed_at).toISOString() : null,
    },
  }
}

/** The decision that already stands in the approver's place. */
function earlierDecision(wait: WaitState, input: SignalInput): Refused['decided'] {
  if (wait.kind !== 'approval') return null
  const named = input.kind === 'form' ? null : input.approver
  const place = wait.approvers.find((a) => a.id === named || a.email === named?.toLowerCase())
  const decision = wait.decisions.find((d) => d.approver === place?.id) ?? wait.decisions.at(-1)
  return decision ? { outcome: decision.decision, by: decision.by.label, at: decision.at } : null
}
