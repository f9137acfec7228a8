import { type SQL, sql } from 'drizzle-orm'
import { runs, waitApprovers, waits } from '#drizzle/schema/index.ts'
import type { Actor } from '#server/engine/port.ts'

/** Waits at which the person is, or was, asked. Nobody else has any of their own. */
export function asked(actor: Actor): SQL {
  if (actor.kind !== 'user') return sql`false`
  return sql`exists (select 1 from ${waitApprovers} a where a.wait_id = ${waits.id} and ${isPlaceOf(actor)})`
}

/**
 * Waits that wait for this very person now: not decided by them yet, their turn where the order counts, and not their own
 * request where the author forbids that. The same rule as the core's, put so that it can be counted and paged, and so
 * that a run is looked up only for a wait at which they are asked.
 */
export function waitsFor(actor: Actor): SQL {
  if (actor.kind !== 'user') return sql`false`
  return sql`(${waits.outcome} is null
    and exists (select 1 from ${waitApprovers} a where a.wait_id = ${waits.id} and ${isPlaceOf(actor)}
      and not ${waits.wait} -> 'decisions' @> jsonb_build_array(jsonb_build_object('approver', a.approver))
      and (${waits.wait} ->> 'policy' is distinct from 'sequential'
        or ${waits.wait} -> 'approvers' -> jsonb_array_length(${waits.wait} -> 'decisions') ->> 'id' = a.approver))
    and ((${waits.wait} -> 'terms' ->> 'self_approval')::boolean
      or not exists (select 1 from ${runs} r where r.id = ${waits.runId}
        and (r.profile ->> 'user_id' = ${actor.id} or lower(r.profile ->> 'user_email') = ${actor.email.toLowerCase()}))))`
}

function isPlaceOf(actor: Extract<Actor, { kind: 'user' }>): SQL {
  return sql`(a.user_id = ${actor.id} or a.email = ${actor.email.toLowerCase()})`
}
