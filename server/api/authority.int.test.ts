import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { makeInstance } from '#lib/mock-ai/instance.ts'
import { ROLE_PERMISSIONS, ROLES, type Role } from '#lib/permissions.ts'
import { type TestApp, testApp } from '#server/testing/app.ts'
import type { Endpoint } from './endpoint.ts'
import { endpoints } from './endpoints.ts'
import { call, keyOf } from './testing.ts'

/** Bodies whose schemas say in code what belongs together. */
const SAMPLES: Readonly<Record<string, object>> = {
  createWorkflow: { yaml: 'name: x' },
  updateWorkflow: { yaml: 'name: x' },
  validateWorkflow: { yaml: 'name: x' },
  resumeExecution: { resume_token: 'a.b.c', inputs: {} },
}

/** What fits an operation's body, so that the request comes as far as the service. */
function sample({ id, body }: Endpoint): unknown {
  if (body === undefined || SAMPLES[id] !== undefined) return SAMPLES[id]
  const schema = z.toJSONSchema(body, { io: 'input', unrepresentable: 'any' })
  return makeInstance(JSON.parse(JSON.stringify(schema)), 'sample', 7)?.value ?? {}
}

const params = (endpoint: Endpoint) =>
  Object.fromEntries([...endpoint.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => [name, 'nothing']))

/** The frame's own gate taken away: what is left is what the services themselves refuse. */
const ungated = (endpoint: Endpoint): Endpoint => ({ ...endpoint, access: 'public' })

describe('the services, with the frame’s gate taken away', () => {
  let app: TestApp
  const keys = new Map<Role, string>()
  const guarded = endpoints.filter(({ access }) => access !== 'public')

  beforeAll(async () => {
    app = await testApp({ LOG_LEVEL: 'silent' })
    for (const role of ROLES) keys.set(role, await keyOf(app, role))
  })
  afterAll(() => app.drop())

  const send = (endpoint: Endpoint, key?: string) =>
    call(app, ungated(endpoint), {
      params: params(endpoint),
      body: sample(endpoint),
      ...(key === undefined ? {} : { key }),
    })

  it.each(guarded)('$method $path: still refuse nobody’s request', async (endpoint) => {
    const answer = await send(endpoint)
    expect([answer.status, answer.json?.code]).toEqual([401, 'auth.required'])
  })

  describe.each(ROLES.filter((role) => role !== 'owner' && role !== 'admin'))('a key of the role %s', (role) => {
    const forbidden = guarded.filter(({ access }) => {
      const needed =
        access === 'authenticated' || access === 'public' ? [] : typeof access === 'string' ? [access] : access
      return needed.length > 0 && !needed.some((permission) => ROLE_PERMISSIONS[role].has(permission))
    })
    it.each(forbidden)('$method $path: still refuse it', async (endpoint) => {
      const answer = await send(endpoint, keys.get(role))
      expect([answer.status, answer.json?.code]).toEqual([403, 'auth.forbidden'])
    })
  })
})
