import { ScaffError } from '#lib/errors.ts'
import { type Permission, ROLE_PERMISSIONS } from '#lib/permissions.ts'
import type { Actor } from '#server/engine/port.ts'
import type { ServiceContext } from './context.ts'

/**
 * Whether an actor has a right. Deny by default: a right that no rule gives is not there. Scopes only ever narrow a
 * key's role. A key below admin decides approvals only if that scope is named, because a decision is a person's act
 * unless someone chose otherwise. A link has no rights at all: it is bound to one wait and the verbs behind it check that.
 */
export function may(actor: Actor | null, permission: Permission): boolean {
  if (actor === null) return false
  if (actor.kind === 'system') return true
  if (actor.kind === 'link') return false
  if (!ROLE_PERMISSIONS[actor.role].has(permission)) return false
  if (actor.kind === 'user') return true
  if (actor.scopes !== null) return actor.scopes.includes(permission)
  return permission !== 'approvals:decide' || actor.role === 'admin' || actor.role === 'owner'
}

/**
 * The first line of every service verb: the actor, or `auth.required` (nobody) or `auth.forbidden` (not allowed). Of
 * several permissions one is enough.
 */
export function authorise(ctx: ServiceContext, ...anyOf: readonly [Permission, ...Permission[]]): Actor {
  if (ctx.actor === null) throw new ScaffError('auth.required', 'Sign in, or send an API key as a Bearer token.')
  const { actor } = ctx
  if (anyOf.some((permission) => may(actor, permission))) return actor
  const who = actor.kind === 'apiKey' ? 'This API key' : 'Your account'
  const cure = actor.kind === 'apiKey' ? 'Use a key with that role and scope.' : 'Ask an admin to change your role.'
  throw new ScaffError('auth.forbidden', `${who} does not have the permission ${anyOf.join(' or ')}. ${cure}`)
}
