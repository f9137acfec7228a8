import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { apiKeys, auditLog } from '#drizzle/schema/index.ts'
import {
  createApiKey as createRoute,
  listApiKeys as listRoute,
  revokeApiKey as revokeRoute,
} from '#server/api/routes/api-keys.ts'
import { call, keyOf } from '#server/api/testing.ts'
import { SYSTEM, type TestApp, testApp } from '#server/testing/app.ts'
import { createApiKey } from './create.ts'

describe('API keys', () => {
  let app: TestApp
  let admin: string

  beforeAll(async () => {
    app = await testApp({ LOG_LEVEL: 'silent' })
    admin = await keyOf(app, 'admin')
  })
  afterAll(() => app.drop())

  const make = (body: object, key = admin) =>
    call(app, createRoute, { key, body: { name: 'k', role: 'editor', ...body } })

  it('are shown once, and kept only as a hash', async () => {
    const { status, json } = await make({
      agent_id: 'writer',
      agent_type: 'claude',
      quota: 5,
      rate_limit: 60,
      scopes: ['run:start'],
    })
    expect(status).toBe(201)
    expect(json).toMatchObject({
      role: 'editor',
      scopes: ['run:start'],
      agent_id: 'writer',
      agent_type: 'claude',
      quota: 5,
      rate_limit: 60,
    })
    expect(json.key).toMatch(/^scf_[\w-]{32}$/)
    expect(json.hint).toBe(json.key.slice(-4))
    const list = await call(app, listRoute, { key: admin })
    expect(list.json.api_keys[0]).toMatchObject({ id: json.id, hint: json.hint })
    const stored = JSON.stringify([
      await app.database.db.select().from(apiKeys),
      await app.database.db.select().from(auditLog),
    ])
    expect(list.text + stored).not.toContain(json.key.slice(4))
  })

  it.each([
    { role: 'owner' },
    { role: 'root' },
    { scopes: ['everything'] },
    { rate_limit: 0 },
    { quota: -1 },
    { expires_at: 'tomorrow' },
    { expires_at: '2020-01-01T00:00:00Z' },
    { name: '  ' },
    { hash: 'x' },
    { created_by: 'usr_victim' },
  ])('refuse %j', async (body) => {
    const count = await app.database.db.$count(apiKeys)
    expect((await make(body)).json.code).toBe('request.invalid')
    expect(await app.database.db.$count(apiKeys)).toBe(count)
  })

  it('may at most what their maker may', async () => {
    const narrow = (await make({ role: 'admin', scopes: ['api_key:manage', 'run:read'] })).json.key
    expect((await make({ role: 'admin' }, narrow)).json.code).toBe('auth.forbidden')
    expect((await make({ role: 'viewer' }, narrow)).json.code).toBe('auth.forbidden')
    expect((await make({ role: 'viewer', scopes: ['workflow:read'] }, narrow)).json.code).toBe('auth.forbidden')
    expect((await make({ role: 'viewer', scopes: ['run:read'] }, narrow)).status).toBe(201)
  })

  it('are revoked once, and leave the list', async () => {
    const { json } = await make({})
    const revoke = () => call(app, revokeRoute, { key: admin, params: { id: json.id } })
    expect((await revoke()).status).toBe(204)
    expect((await revoke()).json.code).toBe('api_key.not_found')
    const list = await call(app, listRoute, { key: admin })
    expect(list.json.api_keys.map(({ id }: { id: string }) => id)).not.toContain(json.id)
  })

  it('can be made before there is any person', async () => {
    expect(await createApiKey({ ctx: app.context(SYSTEM), input: { name: 'cli', role: 'admin' } })).toMatchObject({
      role: 'admin',
    })
  })
})
