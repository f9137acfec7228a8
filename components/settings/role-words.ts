import { ROLES, type Role } from '#lib/permissions.ts'

/** Every role but the owner's, which is made once at set-up. */
export type GivenRoleName = Exclude<Role, 'owner'>

export const GIVEN_ROLES = ROLES.filter((role): role is GivenRoleName => role !== 'owner')

export const ROLE_WORDS: Readonly<Record<Role, string>> = {
  owner: 'Owns the workspace, and does all that admins do.',
  admin: 'Runs the workspace: members, keys, settings and the outbox, and all that editors do.',
  editor: 'Writes workflows and runs them, and all that approvers do.',
  approver: 'Sees workflows and runs, and decides what is put to them.',
  viewer: 'Sees workflows and runs.',
}
