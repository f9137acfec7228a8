import type { EarlyAnswer, RunState } from './state.ts'
import { emit, patch, type Turn } from './turn.ts'

/** The answers that came before this step asked, the oldest first. */
export function keptFor(state: RunState, step: string): readonly EarlyAnswer[] {
  return (state.early ?? []).filter((answer) => answer.step === step)
}

/** The answer that stands in the same place, if one came before: a form takes one, an approval one of each voice. */
export function keptInPlaceOf(state: RunState, answer: EarlyAnswer): EarlyAnswer | null {
  return keptFor(state, answer.step).find((kept) => kept.kind !== 'approval' || voice(kept) === voice(answer)) ?? null
}

function voice(answer: EarlyAnswer): string {
  return (answer.kind === 'approval' ? answer.approver?.toLowerCase() : undefined) ?? answer.by.id
}

export function keep(turn: Turn, answer: EarlyAnswer): void {
  patch(turn, { early: [...(turn.state.early ?? []), answer] })
  emit(turn, { type: 'answer.kept', step: answer.step, kind: answer.kind, by: answer.by })
}

/** Takes out the oldest of what was kept for a step; undefined: there is none left. */
export function takeNext(turn: Turn, step: string): EarlyAnswer | undefined {
  const [next] = keptFor(turn.state, step)
  if (next) patch(turn, { early: (turn.state.early ?? []).filter((answer) => answer !== next) })
  return next
}

/** The run ends: what was kept for a step it never came to is let go, and the history says so. */
export function forgetKept(turn: Turn): void {
  const kept = turn.state.early ?? []
  if (kept.length === 0) return
  patch(turn, { early: [] })
  for (const { step, by } of kept) emit(turn, { type: 'answer.forgotten', step, by })
}
