import type { Join } from './catalog.ts'
import type { ForkState } from './state.ts'

/** How many of so many scopes must end well. */
export function neededOf(join: Join, total: number): number {
  if (join === 'all') return total
  return join === 'any' ? Math.min(1, total) : join.at_least
}

/** Enough scopes ended well. */
export function isJoined({ done, needed }: ForkState): boolean {
  return done >= needed
}

/** Whether enough scopes can still end well. */
export function canJoin({ total, failed, needed }: ForkState): boolean {
  return total - failed >= needed
}

/** Whether one more scope may begin. */
export function hasRoom({ begun, done, failed, total, limit }: ForkState): boolean {
  return begun < total && (limit === null || begun - done - failed < limit)
}
