import type { Actor } from '#server/engine/port.ts'
import { may } from '../authorise.ts'

export type Person = Extract<Actor, { kind: 'user' }>

/** Whether somebody can take the tour alone: it writes a workflow, runs it, and opens a mail in the Outbox. */
export function mayTour(actor: Actor | null): actor is Person {
  return (
    actor?.kind === 'user' && (['workflow:create', 'run:start', 'outbox:read'] as const).every((p) => may(actor, p))
  )
}
