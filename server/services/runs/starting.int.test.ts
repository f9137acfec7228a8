import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { apiKeys, constants, runs } from '#drizzle/schema/index.ts'
import { type TestApp, testApp } from '#server/testing/app.ts'
import type { ServiceContext } from '../context.ts'
import { begin, FORM, INPUTS, key, person, publish, refusal } from '../testing.ts'
import { updateWorkflow } from '../workflows/update.ts'
import { getRun } from './get.ts'
import { startRun } from './start.ts'

let app: TestApp
let ctx: ServiceContext
let viewer: ServiceContext

beforeAll(async () => {
  app = await testApp({ LOG_LEVEL: 'silent' })
  ctx = app.context(await person(app, 'editor'))
  viewer = app.context(await person(app, 'viewer'))
})
afterEach(() => app.database.db.delete(constants))
afterAll(() => app.drop())

const start = (workflow_id: string, more: object = {}, header: string | null = null) =>
  startRun({ ctx, input: { body: { workflow_id, ...more }, key: header } })
const count = () => app.database.db.$count(runs)

describe('starting a run', () => {
  it('completes declared inputs with their defaults and checks them', async () => {
    const run = await begin(ctx, INPUTS, { topic: 'AI' })
    expect(run).toMatchObject({
      status: 'completed',
      outputs: { label: 'AI/casual' },
      inputs: { topic: 'AI', tone: 'casual' },
    })
    expect([run.waiting, run.current_step]).toEqual([null, null])
  })

  it('creates nothing when the inputs do not fit', async () => {
    const id = await publish(ctx, INPUTS)
    const before = await count()
    const error = await refusal(start(id, { inputs: { tone: 3 } }))
    expect(error.code).toBe('inputs.invalid')
    expect(error.errors.map(({ path }) => path)).toEqual(expect.arrayContaining(['inputs.topic', 'inputs.tone']))
    expect(await count()).toBe(before)
  })

  it('creates nothing while a setting is missing, and names it', async () => {
    const yaml = 'name: X\nsteps:\n  - {id: a, type: set, values: {b: "{{ static.brand }}"}}\n'
    const id = await publish(ctx, yaml)
    const before = await count()
    const error = await refusal(start(id))
    expect(error.code).toBe('workflow.settings_missing')
    expect(JSON.stringify(error.errors)).toContain('brand')
    expect(await count()).toBe(before)
    await app.database.db.insert(constants).values({ name: 'brand', value: 'Acme' })
    expect(await start(id)).toMatchObject({ status: 'completed' })
  })

  it('names secrets and templates that are missing, each by its place', async () => {
    const yaml = `name: X
secrets: [CMS_API_KEY]
steps:
  - {id: a, type: ai_generate, template_id: nowhere@3, variables: []}
  - {id: b, type: ai_generate, template_id: gone, variables: []}
`
    const id = await publish(ctx, yaml)
    const error = await refusal(start(id))
    expect(error.errors.map(({ path, code }) => [path, code])).toEqual([
      ['secrets.CMS_API_KEY', 'secret.unset'],
      ['templates.nowhere@3', 'template.unset'],
      ['templates.gone', 'template.unset'],
    ])
  })

  it('runs the version asked for, else the newest', async () => {
    const id = await publish(ctx, FORM)
    await updateWorkflow({ ctx, input: { id, ifVersion: null, body: { yaml: INPUTS } } })
    const old = await start(id, { version: 1 })
    expect((await getRun({ ctx, input: { id: old.run_id, query: {} } })).workflow_version).toBe(1)
    expect((await refusal(start(id))).code).toBe('inputs.invalid')
    expect((await refusal(start(id, { version: 3 }))).code).toBe('workflow.not_found')
  })

  it('refuses a budget, because none would be kept', async () => {
    const id = await publish(ctx, FORM)
    const error = await refusal(start(id, { budget: { usd: 1 } }))
    expect(error.errors[0]).toMatchObject({ path: 'budget', code: 'not_yet_effective' })
  })

  it('is for those who may, and only where there is a workflow', async () => {
    const id = await publish(ctx, FORM)
    const by = (actor: ServiceContext) => startRun({ ctx: actor, input: { body: { workflow_id: id }, key: null } })
    expect((await refusal(by(viewer))).code).toBe('auth.forbidden')
    expect((await refusal(by(app.context(key('admin', ['run:read']))))).code).toBe('auth.forbidden')
    for (const unknown of ['wf_00000000000000000000000000', 'nonsense']) {
      expect((await refusal(start(unknown))).code).toBe('workflow.not_found')
    }
  })

  it('holds a key to its runs a day', async () => {
    const actor = key('editor')
    await app.database.db
      .insert(apiKeys)
      .values({ id: actor.id, name: 'bot', role: 'editor', hash: actor.id, hint: 'abcd', quota: 2 })
    const id = await publish(ctx, INPUTS)
    const go = () =>
      startRun({ ctx: app.context(actor), input: { body: { workflow_id: id, inputs: { topic: 'x' } }, key: null } })
    await go()
    await go()
    const error = await refusal(go())
    expect(error.code).toBe('rate_limit.exceeded')
    expect(error.extra.retry_after).toBeGreaterThan(0)
  })
})

describe('an idempotency key', () => {
  it('answers the first run again, also when a start would now be refused', async () => {
    const id = await publish(ctx, FORM)
    const first = await start(id, { idempotency_key: 'k' })
    expect(first.replayed).toBeUndefined()
    expect(await start(id, {}, 'k')).toEqual({ ...first, replayed: true })
    await updateWorkflow({ ctx, input: { id, ifVersion: null, body: { yaml: INPUTS } } })
    expect(await start(id, { idempotency_key: 'k' })).toEqual({ ...first, replayed: true })
  })

  it('is refused for other inputs', async () => {
    const id = await publish(ctx, FORM)
    await start(id, { idempotency_key: 'k', inputs: { a: 1 } })
    expect((await refusal(start(id, { idempotency_key: 'k', inputs: { a: 2 } }))).code).toBe('idempotency.key_reused')
  })

  it('belongs to one workflow', async () => {
    const [a, b] = [await publish(ctx, FORM), await publish(ctx, FORM)]
    const first = await start(a, { idempotency_key: 'k' })
    expect((await start(b, { idempotency_key: 'k' })).run_id).not.toBe(first.run_id)
  })

  it('starts one run however many come at once', async () => {
    const id = await publish(ctx, FORM)
    const all = await Promise.all(Array.from({ length: 20 }, () => start(id, { idempotency_key: 'same' })))
    expect(new Set(all.map(({ run_id }) => run_id)).size).toBe(1)
    expect(all.filter(({ replayed }) => !replayed)).toHaveLength(1)
  })

  it('may be made of the inputs', async () => {
    const id = await publish(ctx, FORM)
    const first = await start(id, { idempotency_key: 'auto', inputs: { a: 1, b: 2 } })
    expect(await start(id, { idempotency_key: 'auto', inputs: { b: 2, a: 1 } })).toMatchObject({
      run_id: first.run_id,
      replayed: true,
    })
    expect((await start(id, { idempotency_key: 'auto', inputs: { a: 1 } })).run_id).not.toBe(first.run_id)
  })

  it('is made of the inputs where the workflow says so', async () => {
    const id = await publish(ctx, FORM.replace('name: Brief', 'name: Brief\nlimits: {idempotency: auto}'))
    const first = await start(id, { inputs: { a: 1 } })
    expect(await start(id, { inputs: { a: 1 } })).toMatchObject({ run_id: first.run_id, replayed: true })
  })

  it('saves nothing when validation failed, so the key is free for the cured request', async () => {
    const id = await publish(ctx, INPUTS)
    await refusal(start(id, { idempotency_key: 'k', inputs: {} }))
    expect((await start(id, { idempotency_key: 'k', inputs: { topic: 'x' } })).replayed).toBeUndefined()
  })

  it.each([
    ['is empty', ' ', null],
    ['is too long', 'x'.repeat(256), null],
    ['differs between body and header', 'a', 'b'],
  ])('is refused when it %s', async (_what, body, header) => {
    const id = await publish(ctx, FORM)
    expect((await refusal(start(id, { idempotency_key: body }, header))).code).toBe('idempotency.key_invalid')
  })

  it('may have 255 characters', async () => {
    const id = await publish(ctx, FORM)
    expect((await start(id, { idempotency_key: 'x'.repeat(255) })).status).toBe('waiting')
  })
})
