import type { Me } from '#lib/contracts/members.ts'
import { ScaffError } from '#lib/errors.ts'
import { ROLE_PERMISSIONS } from '#lib/permissions.ts'
import type { ServiceContext } from '../context.ts'

/** The person who is signed in and what they may do. */
export async function me({ ctx }: { ctx: ServiceContext }): Promise<Me> {
  if (ctx.actor?.kind !== 'user') throw new ScaffError('auth.required', 'Sign in to go on.')
  const { id, email, name, role } = ctx.actor
  return { id, email, name, role, permissions: [...ROLE_PERMISSIONS[role]] }
}
