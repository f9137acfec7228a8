import type { Cursor, RunState } from './state.ts'

/** The step a list names: that of the oldest wait, else one that is under way or at rest. */
export function currentStep(state: RunState): string | null {
  const waits = Object.values(state.waits)
  if (state.status === 'waiting' && waits.length > 0) return oldest(waits).step
  const inner = Object.values(state.scopes).findLast(({ cursor }) => !OUTER.has(cursor.at))?.cursor
  return inner && 'step' in inner ? inner.step : null
}

const OUTER: ReadonlySet<Cursor['at']> = new Set(['end', 'stopped', 'forked'])

function oldest<W extends { readonly opened_at: string }>(waits: readonly W[]): W {
  return waits.reduce((a, b) => (b.opened_at < a.opened_at ? b : a))
}
