import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { users } from '#drizzle/schema/index.ts'
import { type Permission, ROLE_PERMISSIONS } from '#lib/permissions.ts'
import type { UserActor } from '#server/auth/session.ts'
import { type TestApp, testApp } from '#server/testing/app.ts'
import { appRouter } from '../root.ts'

type Caller = ReturnType<typeof appRouter.createCaller>

const ADMIN: UserActor = { kind: 'user', id: 'usr_adam', email: 'adam@example.com', name: 'Adam', role: 'admin' }
const VIEWER: UserActor = { kind: 'user', id: 'usr_vera', email: 'vera@example.com', name: null, role: 'viewer' }

describe('the settings screens', () => {
  let app: TestApp
  const as = (actor: UserActor) => appRouter.createCaller(app.context(actor))

  beforeAll(async () => {
    app = await testApp({ LOG_LEVEL: 'silent' })
    for (const { id, email, name, role } of [ADMIN, VIEWER]) {
      await app.database.db.insert(users).values({ id, email, name, role, passwordHash: 'none' })
    }
  })
  afterAll(() => app.drop())

  /** Every call of these screens with an input that fits, and the right it needs. */
  const CALLS: readonly [Permission, string, (caller: Caller) => Promise<unknown>][] = [
    ['member:read', 'members.list', ({ members }) => members.list()],
    ['member:manage', 'members.invite', ({ members }) => members.invite({ email: 'x@example.com', role: 'viewer' })],
    ['member:manage', 'members.revokeInvitation', ({ members }) => members.revokeInvitation({ id: 'tok_x' })],
    ['member:manage', 'members.changeRole', ({ members }) => members.changeRole({ id: ADMIN.id, role: 'viewer' })],
    ['member:manage', 'members.setDisabled', ({ members }) => members.setDisabled({ id: ADMIN.id, disabled: true })],
    ['api_key:manage', 'apiKeys.list', ({ apiKeys }) => apiKeys.list()],
    ['api_key:manage', 'apiKeys.create', ({ apiKeys }) => apiKeys.create({ name: 'x', role: 'viewer' })],
    ['api_key:manage', 'apiKeys.revoke', ({ apiKeys }) => apiKeys.revoke({ id: 'key_x' })],
    ['settings:read', 'settings.constants', ({ settings }) => settings.constants()],
    ['settings:write', 'settings.setConstant', ({ settings }) => settings.setConstant({ name: 'x', value: 1 })],
    ['settings:write', 'settings.deleteConstant', ({ settings }) => settings.deleteConstant({ name: 'x' })],
    ['secrets:read', 'settings.secrets', ({ settings }) => settings.secrets()],
    ['secrets:write', 'settings.setSecret', ({ settings }) => settings.setSecret({ name: 'X', value: 'x' })],
    ['secrets:write', 'settings.deleteSecret', ({ settings }) => settings.deleteSecret({ name: 'X' })],
  ]

  it('know a case below for each of their calls', () => {
    const all = Object.keys(appRouter._def.procedures).filter((path) => /^(members|apiKeys|settings)\./.test(path))
    expect([...CALLS.map(([, path]) => path), 'members.me'].toSorted()).toEqual(all.toSorted())
  })

  describe.each(['viewer', 'approver', 'editor'] as const)('refuse to the role %s', (role) => {
    const refused = CALLS.filter(([permission]) => !ROLE_PERMISSIONS[role].has(permission))
    it.each(refused)('what needs %s: %s', async (_permission, _path, run) => {
      await expect(run(as({ ...VIEWER, role }))).rejects.toMatchObject({ code: 'FORBIDDEN' })
    })
  })

  it('tell who is signed in and what they may do', async () => {
    expect(await as(VIEWER).members.me()).toMatchObject({
      email: VIEWER.email,
      permissions: expect.not.arrayContaining(['run:start']),
    })
  })

  it('manage members', async () => {
    const { members } = as(ADMIN)
    const { id } = await members.invite({ email: 'New@Example.com', role: 'editor' })
    expect((await members.list()).invitations.map(({ email }) => email)).toEqual(['new@example.com'])
    await members.revokeInvitation({ id })
    expect((await members.list()).invitations).toEqual([])
    await expect(members.revokeInvitation({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect((await members.changeRole({ id: VIEWER.id, role: 'approver' })).role).toBe('approver')
    expect((await members.setDisabled({ id: VIEWER.id, disabled: true })).disabled).toBe(true)
    await expect(as(VIEWER).members.list()).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })

  it('manage API keys', async () => {
    const { apiKeys } = as(ADMIN)
    const { id, key } = await apiKeys.create({ name: 'writer', role: 'editor' })
    expect(key).toMatch(/^scf_/)
    expect((await apiKeys.list()).api_keys).toMatchObject([{ id, name: 'writer' }])
    await apiKeys.revoke({ id })
    expect((await apiKeys.list()).api_keys).toEqual([])
    await expect(as(VIEWER).apiKeys.create({ name: 'x', role: 'viewer' })).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })

  it('manage constants and secrets, whose values stay where they are', async () => {
    const { settings } = as(ADMIN)
    await settings.setConstant({ name: 'site', value: { url: 'https://x.example' } })
    await settings.setConstant({ name: 'token', value: 'canary', sensitive: true })
    await settings.setSecret({ name: 'CMS', value: 'canary' })
    const constants = await settings.constants()
    expect(constants.constants).toMatchObject([
      { name: 'site', value: { url: 'https://x.example' }, sensitive: false },
      { name: 'token', value: null, sensitive: true },
    ])
    const secrets = await settings.secrets()
    expect(secrets.secrets).toMatchObject([{ name: 'CMS', source: 'stored' }])
    expect(JSON.stringify([constants, secrets])).not.toContain('canary')
    await settings.deleteConstant({ name: 'site' })
    await settings.deleteSecret({ name: 'CMS' })
    expect((await settings.constants()).constants).toHaveLength(1)
    expect((await settings.secrets()).secrets).toEqual([])
    await expect(as(VIEWER).settings.setSecret({ name: 'CMS', value: 'x' })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
  })
})
