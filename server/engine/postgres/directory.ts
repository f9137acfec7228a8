import type { ApproverRef } from '#lib/workflow/catalog.ts'
import type { Directory } from '#lib/workflow/data.ts'
import type { Approver } from '#lib/workflow/state.ts'
import type { Queries } from '#server/db/client.ts'

interface Person {
  readonly id: string
  readonly email: string
  readonly role: string
}

/** The people of the workspace as of now: approvals freeze what they resolve to. */
export async function loadDirectory(sql: Queries): Promise<Directory> {
  return directoryOf(await sql<Person[]>`select id, email, role::text from users where disabled_at is null order by id`)
}

/** An address need not be an account; a role or user that nobody stands behind resolves to nobody. */
export function directoryOf(people: readonly Person[]): Directory {
  const find = (ref: ApproverRef): readonly Person[] => {
    if ('role' in ref) return people.filter((p) => p.role === ref.role)
    if ('user' in ref) return people.filter((p) => p.id === ref.user || p.email === ref.user.toLowerCase())
    return people.filter((p) => p.email === ref.email.toLowerCase())
  }
  return {
    resolve: (refs) =>
      refs.flatMap((ref): Omit<Approver, 'id'>[] => {
        const found = find(ref).map((p) => ({ email: p.email, user_id: p.id }))
        return found.length === 0 && 'email' in ref ? [{ email: ref.email.toLowerCase(), user_id: null }] : found
      }),
  }
}
