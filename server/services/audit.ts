import { auditLog } from '#drizzle/schema/index.ts'
import { newId } from '#lib/ids.ts'
import type { JsonObject } from '#lib/json.ts'
import type { Db } from '#server/db/client.ts'
import type { Actor, AuditIntent } from '#server/engine/port.ts'
import type { ServiceContext } from './context.ts'

/** A transaction of drizzle, or the pool itself. */
export type Tx = Pick<Db, 'select' | 'insert' | 'update' | 'delete' | 'execute'>

/** Writes what was done, in the transaction that does it: a change without its record, or a record without its change, cannot be. */
export async function audit(ctx: ServiceContext, tx: Tx, intent: AuditIntent): Promise<void> {
  await tx.insert(auditLog).values({
    id: newId('audit'),
    at: ctx.app.clock.now(),
    actor: describeActor(ctx.actor),
    action: intent.action,
    target: intent.target,
    detail: intent.detail,
    requestId: ctx.requestId,
  })
}

/** An actor as it is kept for good: ids, and the names of that day. */
export function describeActor(actor: Actor | null): JsonObject {
  if (actor === null) return { kind: 'anonymous' }
  switch (actor.kind) {
    case 'user':
      return { kind: 'user', id: actor.id, email: actor.email, role: actor.role }
    case 'apiKey':
      return { kind: 'apiKey', id: actor.id, name: actor.name, role: actor.role, agent_id: actor.agent_id }
    case 'link':
      return { kind: 'link', wait_id: actor.wait_id, approver: actor.approver, email: actor.email }
    case 'system':
      return { kind: 'system', name: actor.name }
  }
}
