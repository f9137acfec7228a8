export const ROLES = ['owner', 'admin', 'editor', 'approver', 'viewer'] as const
export type Role = (typeof ROLES)[number]

/**
 * What a role may do: the one table that services, routes and screens read. `viewer` reads, `approver` also decides what
 * is put to it, `editor` also writes workflows and runs them, `admin` also runs the workspace, `owner` also owns it.
 */
export const PERMISSIONS = [
  'workflow:read',
  'workflow:create',
  'workflow:update',
  'workflow:delete',
  'run:read',
  'run:start',
  'run:resume',
  'run:cancel',
  'run:retry',
  'approvals:read',
  'approvals:decide',
  'approvals:reassign',
  'template:read',
  'template:write',
  'outbox:read',
  'settings:read',
  'settings:write',
  'secrets:read',
  'secrets:write',
  'member:read',
  'member:manage',
  'api_key:manage',
  'audit:read',
  'ownership:transfer',
] as const

export type Permission = (typeof PERMISSIONS)[number]

const VIEWER = ['workflow:read', 'run:read', 'approvals:read', 'template:read'] satisfies Permission[]
const APPROVER = [...VIEWER, 'approvals:decide'] satisfies Permission[]
const EDITOR = [
  ...APPROVER,
  'workflow:create',
  'workflow:update',
  'workflow:delete',
  'run:start',
  'run:resume',
  'run:cancel',
  'run:retry',
  'template:write',
  'settings:read',
  'secrets:read',
] satisfies Permission[]
const ADMIN = PERMISSIONS.filter((permission) => permission !== 'ownership:transfer')

export const ROLE_PERMISSIONS: Readonly<Record<Role, ReadonlySet<Permission>>> = {
  viewer: new Set(VIEWER),
  approver: new Set(APPROVER),
  editor: new Set(EDITOR),
  admin: new Set(ADMIN),
  owner: new Set(PERMISSIONS),
}

/** Higher rules lower: nobody gives, takes or changes a role above their own. */
const RANK: Readonly<Record<Role, number>> = { viewer: 0, approver: 1, editor: 2, admin: 3, owner: 4 }

export function roleAtLeast(role: Role, least: Role): boolean {
  return RANK[role] >= RANK[least]
}
