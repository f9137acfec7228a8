import { sql } from 'drizzle-orm'
import { runs } from '#drizzle/schema/index.ts'
import type { Profile } from '#lib/workflow/data.ts'
import type { DecidedBy } from '#lib/workflow/state.ts'
import type { Actor } from '#server/engine/port.ts'

/** An actor as people should read it. */
export function labelOf(actor: Actor): string {
  switch (actor.kind) {
    case 'user':
      return actor.email
    case 'apiKey':
      return `API key ${actor.name}`
    case 'link':
      return actor.email ?? 'Somebody with the public link'
    case 'system':
      return actor.name
  }
}

/** Who answers a wait, and by which way. A key stays a key, on whose behalf ever it decides. */
export function decidedBy(actor: Actor): DecidedBy {
  switch (actor.kind) {
    case 'user':
      return { via: 'app', id: actor.id, label: labelOf(actor) }
    case 'link':
      return { via: 'link', id: actor.approver ?? actor.wait_id, label: labelOf(actor) }
    case 'apiKey':
      return { via: 'key', id: actor.id, label: labelOf(actor) }
    case 'system':
      return { via: 'key', id: actor.name, label: actor.name }
  }
}

/** Who starts a run, frozen with it; null where there is no person. */
export function profileOf(actor: Actor): Profile {
  const nobody: Profile = { user_id: null, user_email: null, user_role: null, name: null, agent_id: null }
  if (actor.kind === 'user') {
    return { ...nobody, user_id: actor.id, user_email: actor.email, user_role: actor.role, name: actor.name }
  }
  return actor.kind === 'apiKey' ? { ...nobody, agent_id: actor.agent_id } : nobody
}

/** The starter of a run in one word, for lists. */
export function starterOf(profile: Profile): string {
  return profile.user_email ?? profile.agent_id ?? 'API key'
}

/** The same word where lists are filtered and counted by it. */
export const starter = sql<string>`coalesce(${runs.profile} ->> 'user_email', ${runs.profile} ->> 'agent_id', 'API key')`
