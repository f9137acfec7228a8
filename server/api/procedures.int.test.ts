import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { makeInstance } from '#lib/mock-ai/instance.ts'
import { PERMISSIONS, type Permission } from '#lib/permissions.ts'
import { key } from '#server/services/testing.ts'
import { type TestApp, testApp } from '#server/testing/app.ts'
import { appRouter } from './root.ts'

/** What each procedure asks for, one of these being enough; none: an account is. A new one must be put here. */
const NEEDED: Readonly<Record<string, readonly Permission[]>> = {
  'analytics.ai': ['run:read'],
  'analytics.overTime': ['run:read'],
  'analytics.summary': ['run:read'],
  'analytics.waits': ['run:read'],
  'analytics.workflows': ['run:read'],
  'apiKeys.create': ['api_key:manage'],
  'apiKeys.list': ['api_key:manage'],
  'apiKeys.revoke': ['api_key:manage'],
  'approvals.bulk': ['approvals:decide'],
  'approvals.counts': ['approvals:read'],
  'approvals.decide': ['approvals:decide'],
  'approvals.facets': ['approvals:read'],
  'approvals.get': ['approvals:read'],
  'approvals.list': ['approvals:read'],
  'approvals.reassign': ['approvals:reassign', 'approvals:decide'],
  'forms.open': ['run:read'],
  'forms.submit': ['run:read'],
  'guide.dismiss': ['workflow:read'],
  'guide.get': ['workflow:read'],
  'guide.seen': ['workflow:read'],
  'guide.start': ['workflow:create'],
  'live.position': ['run:read'],
  'members.changeRole': ['member:manage'],
  'members.invite': ['member:manage'],
  'members.list': ['member:read'],
  'members.me': [],
  'members.revokeInvitation': ['member:manage'],
  'members.setDisabled': ['member:manage'],
  'outbox.list': ['outbox:read'],
  'runs.cancel': ['run:cancel'],
  'runs.context': ['run:read'],
  'runs.detail': ['run:read'],
  'runs.events': ['run:read'],
  'runs.fork': ['run:start'],
  'runs.get': ['run:read'],
  'runs.list': ['run:read'],
  'runs.readiness': ['run:start'],
  'runs.resolveEffect': ['run:retry'],
  'runs.retry': ['run:retry'],
  'runs.standstill': ['run:read'],
  'runs.start': ['run:start'],
  'runs.step': ['run:read'],
  'runs.values': ['run:read'],
  'search.all': ['workflow:read', 'run:read'],
  'settings.constants': ['settings:read'],
  'settings.deleteConstant': ['settings:write'],
  'settings.deleteSecret': ['secrets:write'],
  'settings.secrets': ['secrets:read'],
  'settings.setConstant': ['settings:write'],
  'settings.setSecret': ['secrets:write'],
  'templates.create': ['template:write'],
  'templates.get': ['template:read'],
  'templates.list': ['template:read'],
  'templates.update': ['template:write'],
  'workflows.compare': ['workflow:read'],
  'workflows.create': ['workflow:create'],
  'workflows.delete': ['workflow:delete'],
  'workflows.get': ['workflow:read'],
  'workflows.known': ['workflow:create', 'workflow:update'],
  'workflows.list': ['workflow:read'],
  'workflows.rollback': ['workflow:update'],
  'workflows.setEnabled': ['workflow:update'],
  'workflows.tags': ['workflow:read'],
  'workflows.update': ['workflow:update'],
  'workflows.validate': ['workflow:read'],
  'workflows.versions': ['workflow:read'],
}

/** Inputs whose schemas say in code what belongs together. */
const SAMPLES: Readonly<Record<string, unknown>> = {
  'forms.submit': { run_id: 'nothing', wait_id: 'nothing', answer: { values: {} } },
  'runs.resolveEffect': { id: 'nothing', effect_id: 'nothing', body: { resolution: 'repeat' } },
  'workflows.create': { yaml: 'name: x' },
  'workflows.update': { id: 'nothing', ifVersion: null, body: { yaml: 'name: x' } },
  'workflows.validate': { yaml: 'name: x' },
}

type Called = (input: unknown) => Promise<unknown>

const isProcedure = (value: unknown): value is { readonly _def: { readonly inputs: readonly z.ZodType[] } } =>
  typeof value === 'function' && '_def' in value

/** What fits a procedure's input, so that the call comes as far as the service. */
function sample(path: string): unknown {
  if (SAMPLES[path] !== undefined) return SAMPLES[path]
  const procedure: unknown = Reflect.get(appRouter._def.procedures, path)
  const [input] = isProcedure(procedure) ? procedure._def.inputs : []
  if (input === undefined) return undefined
  if (input.safeParse({}).success) return {}
  const schema = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' })
  return makeInstance(JSON.parse(JSON.stringify(schema)), 'sample', 7)?.value
}

describe('what the browser can call', () => {
  let app: TestApp
  beforeAll(async () => {
    app = await testApp({ LOG_LEVEL: 'silent' })
  })
  afterAll(() => app.drop())

  /** The error of a call with a key of an admin that has these scopes; null where it was answered. */
  const attempt = async (path: string, scopes: readonly Permission[]): Promise<unknown> => {
    const caller: unknown = appRouter.createCaller(app.context(key('admin', scopes)))
    const [noun = '', verb = ''] = path.split('.')
    const called: Called = Reflect.get(Reflect.get(caller as object, noun), verb)
    return called(sample(path)).then(
      () => null,
      (error: unknown) => error,
    )
  }

  it('is all in the table of what it needs', () => {
    expect(Object.keys(appRouter._def.procedures).sort()).toEqual(Object.keys(NEEDED))
  })

  describe.each(Object.entries(NEEDED).filter(([, needed]) => needed.length > 0))('%s', (path, needed) => {
    it('is refused to a key that has every other scope', async () => {
      const others = PERMISSIONS.filter((permission) => !needed.includes(permission))
      expect(await attempt(path, others)).toMatchObject({
        code: 'FORBIDDEN',
        message: expect.stringContaining(`the permission ${needed.join(' or ')}.`),
      })
    })

    it.each(needed)('is open to a key that has no more than %s', async (permission) => {
      const error = await attempt(path, [permission])
      if (error !== null) expect(error).toMatchObject({ message: expect.not.stringContaining('the permission') })
    })
  })
})
