import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PERMISSIONS, type Permission, ROLE_PERMISSIONS, ROLES, type Role } from '#lib/permissions.ts'
import { type TestApp, testApp } from '#server/testing/app.ts'
import type { Endpoint } from './endpoint.ts'
import { endpoints } from './endpoints.ts'
import { call, keyOf } from './testing.ts'

/** The operations that need no account; another one must be put here on purpose. */
const PUBLIC = ['login', 'logout', 'refreshLogin']

const needed = ({ access }: Endpoint): readonly Permission[] =>
  access === 'public' || access === 'authenticated' ? [] : typeof access === 'string' ? [access] : access

/** Ids of nothing: whoever gets past the gate finds nothing there. */
const params = (endpoint: Endpoint) =>
  Object.fromEntries([...endpoint.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => [name, 'nothing']))
const send = (app: TestApp, endpoint: Endpoint, key?: string) =>
  call(app, endpoint, {
    params: params(endpoint),
    ...(endpoint.method === 'GET' || endpoint.method === 'DELETE' ? {} : { body: { not_a_field: true } }),
    ...(key === undefined ? {} : { key }),
  })

describe('who may call what', () => {
  let app: TestApp
  const keys = new Map<Role, string>()

  beforeAll(async () => {
    app = await testApp({ LOG_LEVEL: 'silent' })
    for (const role of ROLES) keys.set(role, await keyOf(app, role))
  })
  afterAll(() => app.drop())

  it('lets in without an account only where that is meant', () => {
    expect(
      endpoints
        .filter(({ access }) => access === 'public')
        .map(({ id }) => id)
        .sort(),
    ).toEqual(PUBLIC)
  })

  it.each(endpoints.filter(({ access }) => access !== 'public'))(
    '$method $path refuses nobody’s request',
    async (endpoint) => {
      const answer = await send(app, endpoint)
      expect(answer.status).toBe(401)
      expect(answer.json.code).toBe('auth.required')
    },
  )

  describe.each(ROLES)('a key of the role %s', (role) => {
    it.each(endpoints.filter((endpoint) => needed(endpoint).length > 0))('$method $path', async (endpoint) => {
      const decides = role === 'admin' || role === 'owner'
      const allowed = needed(endpoint).some(
        (permission) => ROLE_PERMISSIONS[role].has(permission) && (permission !== 'approvals:decide' || decides),
      )
      const answer = await send(app, endpoint, keys.get(role))
      if (allowed) expect([401, 403]).not.toContain(answer.status)
      else expect([answer.status, answer.json.code]).toEqual([403, 'auth.forbidden'])
      expect(answer.status).toBeLessThan(500)
    })
  })

  it.each(endpoints.filter((endpoint) => needed(endpoint).length > 0))(
    '$method $path refuses an admin’s key that has every scope but its own',
    async (endpoint) => {
      const scopes = PERMISSIONS.filter((permission) => !needed(endpoint).includes(permission))
      const answer = await send(
        app,
        endpoint,
        await keyOf(
          app,
          'admin',
          scopes.filter((p) => p !== 'ownership:transfer'),
        ),
      )
      expect([answer.status, answer.json.code]).toEqual([403, 'auth.forbidden'])
    },
  )

  it.each(endpoints.filter((endpoint) => needed(endpoint).length > 0))(
    '$method $path refuses a viewer’s key whatever scopes it names beyond its role',
    async (endpoint) => {
      const beyond = needed(endpoint).filter((permission) => !ROLE_PERMISSIONS.viewer.has(permission))
      if (beyond.length < needed(endpoint).length) return
      const answer = await send(app, endpoint, await keyOf(app, 'viewer', [...beyond]))
      expect(answer.status).toBe(403)
    },
  )
})
