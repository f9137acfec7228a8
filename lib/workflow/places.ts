import { awaited } from './quorum.ts'
import type { ApprovalWaitState, Speaker } from './state.ts'

/** The place of an approver that is named, by id or address. */
export function namedPlace(wait: ApprovalWaitState, name: string): string | null {
  return wait.approvers.find((a) => a.id === name || a.email.toLowerCase() === name.toLowerCase())?.id ?? null
}

/** The place of whoever speaks. A key has none of its own: it may leave the name out where that is not ambiguous. */
export function ownPlace(wait: ApprovalWaitState, { user_id, email, place }: Speaker): string | null {
  if (place !== null) return place
  if (user_id !== null || email !== null) {
    const own = wait.approvers.find(
      (a) => (user_id !== null && a.user_id === user_id) || a.email.toLowerCase() === email?.toLowerCase(),
    )
    return own?.id ?? null
  }
  const open = awaited(wait)
  return wait.policy === 'any' || open.length === 1 ? (open[0]?.id ?? null) : null
}
