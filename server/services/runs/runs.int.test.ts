import { eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { apiKeys, auditLog, constants, runs } from '#drizzle/schema/index.ts'
import { DAY } from '#lib/time.ts'
import { type TestApp, testApp } from '#server/testing/app.ts'
import type { ServiceContext } from '../context.ts'
import { begin, FORM, key, person, publish, refusal } from '../testing.ts'
import { deleteWorkflow } from '../workflows/delete.ts'
import { updateWorkflow } from '../workflows/update.ts'
import { cancelRun } from './cancel.ts'
import { getRunContext, getRunValues } from './context.ts'
import { getRunDetail } from './detail.ts'
import { listRunEvents } from './events.ts'
import { exportRun } from './export.ts'
import { getRun } from './get.ts'
import { getRunHistory } from './history.ts'
import { listRuns } from './list.ts'
import { resumeRun } from './resume.ts'
import { retryRun } from './retry.ts'
import { startRun } from './start.ts'
import { getRunStep } from './step.ts'

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

const INPUTS = `name: Inputs
inputs: [{key: topic, type: string, required: true}, {key: tone, type: string, default: casual}]
steps:
  - {id: a, type: set, values: {label: "{{ topic }}/{{ tone }}"}}
outputs: {label: "{{ label }}"}
`
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

describe('reading a run', () => {
  it('tells what it waits for, with a token for those who may answer', async () => {
    const run = await begin(ctx, FORM)
    expect(run).toMatchObject({ status: 'waiting', current_step: 'brief', started_by: expect.stringContaining('@') })
    expect(run.waiting).toMatchObject({ step_id: 'brief', type: 'form', path: 'root', form: { title: 'brief' } })
    expect(run.waits).toHaveLength(1)
    expect(run.resume_token).toBe(run.waits[0]?.resume_token)
    expect(run.resume_token?.split('.')).toHaveLength(3)
    const seen = await getRun({ ctx: viewer, input: { id: run.run_id, query: {} } })
    expect([seen.waits.length, seen.resume_token, seen.waiting?.resume_token]).toEqual([1, null, null])
  })

  it.each(['run_00000000000000000000000000', 'nonsense', 'wf_1', '../etc'])('has nothing at the id %j', async (id) => {
    const body = { resume_token: 'x', inputs: {} }
    const verbs = [
      getRun({ ctx, input: { id, query: {} } }),
      getRunHistory({ ctx, input: { id } }),
      getRunContext({ ctx, input: { id, query: {} } }),
      getRunDetail({ ctx, input: { id } }),
      cancelRun({ ctx, input: { id, body: {} } }),
      retryRun({ ctx, input: { id, body: {} } }),
      resumeRun({ ctx, input: { id, body } }),
    ]
    for (const error of await Promise.all(verbs.map(refusal))) expect(error.code).toBe('run.not_found')
  })

  it('waits until the run rests, and no longer', async () => {
    const run = await begin(ctx, FORM)
    const rested = await getRun({ ctx, input: { id: run.run_id, query: { wait: 25 } } })
    expect(rested.status).toBe('waiting')
  })

  it('answers a long poll as soon as the run comes to rest', async () => {
    const yaml = 'name: Call\nsteps:\n  - {id: c, type: api_call, method: GET, url: "https://cms.example/"}\n'
    const run = await begin(ctx, yaml)
    expect(run.status).toBe('running')
    const poll = getRun({ ctx, input: { id: run.run_id, query: { wait: 25 } } })
    await cancelRun({ ctx, input: { id: run.run_id, body: {} } })
    expect((await poll).status).toBe('canceled')
  })

  it('lists by workflow, status, text and time, and pages', async () => {
    const id = await publish(ctx, FORM.replace('Brief', 'Listed'))
    const ids = []
    for (let i = 0; i < 3; i++) {
      app.clock.pass(1000)
      ids.push((await start(id)).run_id)
    }
    const last = ids[2] ?? ''
    await cancelRun({ ctx, input: { id: last, body: {} } })
    const find = async (input: Parameters<typeof listRuns>[0]['input']) =>
      (await listRuns({ ctx: viewer, input: { workflow_id: id, ...input } })).runs.map((r) => r.run_id)
    expect(await find({})).toEqual(ids.toReversed())
    expect(await find({ status: 'canceled' })).toEqual([last])
    expect(await find({ q: 'liste' })).toHaveLength(3)
    expect(await find({ q: last })).toEqual([last])
    expect(await find({ q: 'nothing of it' })).toEqual([])
    const at = (await getRun({ ctx, input: { id: ids[1] ?? '', query: {} } })).started_at
    expect(await find({ from: at })).toEqual([ids[2], ids[1]])
    expect(await find({ to: at })).toEqual([ids[0]])
    const first = await listRuns({ ctx, input: { workflow_id: id, limit: 2 } })
    const second = await listRuns({ ctx, input: { workflow_id: id, limit: 2, cursor: first.next_cursor ?? '' } })
    expect([...first.runs, ...second.runs].map((r) => r.run_id)).toEqual(ids.toReversed())
    expect(second.next_cursor).toBeNull()
  })

  it('stays when its workflow is deleted, and goes on', async () => {
    const run = await begin(ctx, FORM)
    await deleteWorkflow({ ctx, input: { id: run.workflow_id } })
    const body = { resume_token: run.resume_token ?? '', inputs: { topic: 'AI for all' } }
    expect(await resumeRun({ ctx, input: { id: run.run_id, body } })).toMatchObject({ status: 'completed' })
  })
})

describe('resuming a form', () => {
  const answer = (run: { run_id: string; resume_token: string | null }, inputs: object, by = ctx) =>
    resumeRun({
      ctx: by,
      input: { id: run.run_id, body: { resume_token: run.resume_token ?? '', inputs: { ...inputs } } },
    })

  it('takes the values, completed with defaults, and goes on', async () => {
    const run = await begin(ctx, FORM)
    expect(await answer(run, { topic: 'Durable runs' })).toEqual({ run_id: run.run_id, status: 'completed' })
    const { runtime } = await getRunContext({ ctx, input: { id: run.run_id, query: {} } })
    expect(runtime).toMatchObject({
      topic: 'Durable runs',
      tone: 'casual',
      words: null,
      label: 'Durable runs (casual)',
    })
  })

  it('names each field that does not fit, and leaves the wait open', async () => {
    const run = await begin(ctx, FORM)
    const error = await refusal(answer(run, { topic: 'x', tone: 'loud', words: 5, extra: 1 }))
    expect(error.code).toBe('form.invalid')
    expect(error.errors.map(({ path }) => path).sort()).toEqual(
      expect.arrayContaining(['inputs.tone', 'inputs.topic', 'inputs.words']),
    )
    expect(await answer(run, { topic: 'Now it fits' })).toMatchObject({ status: 'completed' })
  })

  it('gives one of many at once the run, and the others who was first', async () => {
    const run = await begin(ctx, FORM)
    const tries = await Promise.allSettled(Array.from({ length: 20 }, () => answer(run, { topic: 'the same' })))
    const won = tries.filter((t) => t.status === 'fulfilled')
    expect(won).toHaveLength(1)
    for (const lost of tries.filter((t) => t.status === 'rejected')) {
      expect(lost.reason).toMatchObject({ code: 'resume.already_decided' })
    }
    const error = await refusal(answer(run, { topic: 'later' }))
    expect([error.code, error.extra]).toEqual([
      'resume.already_decided',
      { decided: { outcome: 'submitted', by: expect.stringContaining('@'), at: expect.any(String) } },
    ])
  })

  it('takes no token that is tampered with, malformed, foreign or old', async () => {
    const run = await begin(ctx, FORM)
    const other = await begin(ctx, FORM)
    const good = run.resume_token ?? ''
    const [head = '', body = '', mac = ''] = good.split('.')
    const forged = Buffer.from(JSON.stringify({ ...JSON.parse(Buffer.from(body, 'base64url').toString()), gen: 2 }))
    const bad = ['', 'x', 'a.b.c', `${head}.${body}.`, `${head}.${body}.${mac.toUpperCase()}`, `${good}x`, ` ${good}`]
    bad.push(`${head}.${forged.toString('base64url')}.${mac}`, other.resume_token ?? '')
    for (const resume_token of bad) {
      expect([resume_token, (await refusal(answer({ ...run, resume_token }, { topic: 'xyz' }))).code]).toEqual([
        resume_token,
        'resume.token_invalid',
      ])
    }
    app.clock.pass(7 * DAY + 1000)
    expect((await refusal(answer(run, { topic: 'xyz' }))).code).toBe('resume.token_expired')
    const fresh = await getRun({ ctx, input: { id: run.run_id, query: {} } })
    expect(await answer(fresh, { topic: 'xyz' })).toMatchObject({ status: 'completed' })
  })

  it('needs the right to, whatever token is held', async () => {
    const run = await begin(ctx, FORM)
    expect((await refusal(answer(run, { topic: 'xyz' }, viewer))).code).toBe('auth.forbidden')
    const approver = app.context(await person(app, 'approver'))
    expect((await refusal(answer(run, { topic: 'xyz' }, approver))).code).toBe('auth.forbidden')
  })

  it('refuses decisions where a form is asked, and changes nothing', async () => {
    const run = await begin(ctx, FORM)
    const body = { resume_token: run.resume_token ?? '', approvals: [{ step_id: 'brief', approved: true }] }
    const admin = app.context(key('admin'))
    expect((await refusal(resumeRun({ ctx: admin, input: { id: run.run_id, body } }))).code).toBe('request.invalid')
    expect((await getRun({ ctx, input: { id: run.run_id, query: {} } })).status).toBe('waiting')
  })
})

describe('ending and taking up again', () => {
  it('cancels with a reason, and once more without harm', async () => {
    const run = await begin(ctx, FORM)
    const cancel = () => cancelRun({ ctx, input: { id: run.run_id, body: { reason: 'No longer needed' } } })
    expect(await cancel()).toEqual({ run_id: run.run_id, status: 'canceled' })
    expect(await cancel()).toEqual({ run_id: run.run_id, status: 'canceled' })
    const { events } = await getRunHistory({ ctx, input: { id: run.run_id } })
    expect(events.at(-1)).toMatchObject({ type: 'run.canceled', data: { reason: 'No longer needed' } })
    const [entry] = await app.database.db
      .select()
      .from(auditLog)
      .where(eq(auditLog.target, run.run_id))
      .orderBy(auditLog.id)
    expect(entry?.action).toMatch(/^run\./)
  })

  it('answers nothing after a cancel', async () => {
    const run = await begin(ctx, FORM)
    await cancelRun({ ctx, input: { id: run.run_id, body: {} } })
    const body = { resume_token: run.resume_token ?? '', inputs: { topic: 'late' } }
    expect((await refusal(resumeRun({ ctx, input: { id: run.run_id, body } }))).code).toBe('run.wrong_state')
  })

  it('does not cancel what is over', async () => {
    const run = await begin(ctx, INPUTS, { topic: 'x' })
    expect((await refusal(cancelRun({ ctx, input: { id: run.run_id, body: {} } }))).code).toBe('run.wrong_state')
  })

  it('retries from a step, with edited inputs', async () => {
    const run = await begin(
      ctx,
      `${INPUTS.replace('{id: a,', '{id: wait, type: form, fields: [{key: z, type: string}]}\n  - {id: a,')}`,
      {
        topic: 'old',
      },
    )
    expect((await refusal(retryRun({ ctx, input: { id: run.run_id, body: {} } }))).code).toBe('run.wrong_state')
    await cancelRun({ ctx, input: { id: run.run_id, body: {} } })
    const unknown = await refusal(retryRun({ ctx, input: { id: run.run_id, body: { from_step: 'nowhere' } } }))
    expect([unknown.code, unknown.message]).toEqual(['run.unknown_step', expect.stringContaining('wait, a')])
    const bad = await refusal(retryRun({ ctx, input: { id: run.run_id, body: { inputs: { topic: 3 } } } }))
    expect(bad.code).toBe('inputs.invalid')
    const again = await retryRun({ ctx, input: { id: run.run_id, body: { from_step: 'a', inputs: { topic: 'new' } } } })
    expect(again.status).toBe('completed')
    expect((await getRun({ ctx, input: { id: run.run_id, query: {} } })).outputs).toEqual({ label: 'new/casual' })
  })

  it('is for those who may', async () => {
    const run = await begin(ctx, FORM)
    expect((await refusal(cancelRun({ ctx: viewer, input: { id: run.run_id, body: {} } }))).code).toBe('auth.forbidden')
    expect((await refusal(retryRun({ ctx: viewer, input: { id: run.run_id, body: {} } }))).code).toBe('auth.forbidden')
  })
})

describe('looking back', () => {
  it('has every step in order, pure ones too, and the events without a gap', async () => {
    const run = await begin(ctx, FORM)
    const body = { resume_token: run.resume_token ?? '', inputs: { topic: 'History' } }
    await resumeRun({ ctx, input: { id: run.run_id, body } })
    const { steps, events } = await getRunHistory({ ctx: viewer, input: { id: run.run_id } })
    expect(steps.map(({ step_id, type, status }) => [step_id, type, status])).toEqual([
      ['brief', 'form', 'completed'],
      ['labels', 'set', 'completed'],
    ])
    expect(steps[0]).toMatchObject({
      attempt: 1,
      source: 'person',
      output: { topic: 'History' },
      duration_ms: expect.any(Number),
    })
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 1))
    expect(events.at(-1)?.type).toBe('run.completed')
  })

  it('shows the context a step began with', async () => {
    const run = await begin(ctx, FORM)
    const body = { resume_token: run.resume_token ?? '', inputs: { topic: 'Context' } }
    await resumeRun({ ctx, input: { id: run.run_id, body } })
    const at = async (step: string) =>
      (await getRunContext({ ctx, input: { id: run.run_id, query: { at: step } } })).runtime
    expect(await at('brief')).toEqual({})
    expect(await at('labels')).toEqual({ topic: 'Context', tone: 'casual', words: null })
    expect((await refusal(at('nowhere'))).code).toBe('run.unknown_step')
  })

  it('never shows a sensitive constant, nor one that became so after the start', async () => {
    await app.database.db.insert(constants).values([
      { name: 'brand', value: 'Acme' },
      { name: 'later', value: 'canary-later' },
      { name: 'token', value: 'canary-token', sensitive: true },
    ])
    const run = await begin(ctx, FORM)
    await app.database.db.update(constants).set({ sensitive: true }).where(eq(constants.name, 'later'))
    const context = await getRunContext({ ctx, input: { id: run.run_id, query: {} } })
    expect(context.static).toEqual({ brand: 'Acme', later: '[REDACTED:later]' })
    const detail = await getRunDetail({ ctx, input: { id: run.run_id } })
    const history = await getRunHistory({ ctx, input: { id: run.run_id } })
    expect(JSON.stringify([context, detail, history])).not.toContain('canary')
  })

  it('tells the run page what it shows at a glance, without bodies, and what the reader may do', async () => {
    const run = await begin(ctx, FORM)
    const detail = await getRunDetail({ ctx, input: { id: run.run_id } })
    expect(detail.workflow.steps.map(({ id }) => id)).toEqual(['brief', 'labels'])
    expect(detail.graph.edges.map(({ from, to }) => [from, to])).toContainEqual(['brief', 'labels'])
    expect(Object.keys(detail.steps[0] ?? {})).not.toContain('output')
    expect(detail.can).toEqual({ cancel: true, retry: false, answer: true, start: true, edit: true })
    const seen = await getRunDetail({ ctx: viewer, input: { id: run.run_id } })
    const nothing = { cancel: false, retry: false, answer: false, start: false, edit: false }
    expect([seen.can, seen.resume_token]).toEqual([nothing, null])
  })

  it('tells only the steps that changed since, one attempt in full, and events in pages', async () => {
    const run = await begin(ctx, FORM)
    const before = await getRunDetail({ ctx, input: { id: run.run_id } })
    const known = Math.max(...before.steps.map(({ seq }) => seq))
    expect((await getRunDetail({ ctx, input: { id: run.run_id, after: known } })).steps).toEqual([])
    const body = { resume_token: run.resume_token ?? '', inputs: { topic: 'News' } }
    await resumeRun({ ctx, input: { id: run.run_id, body } })
    const { steps } = await getRunDetail({ ctx, input: { id: run.run_id, after: known } })
    expect(steps.map(({ step_id, status }) => `${step_id} ${status}`)).toEqual(['brief completed', 'labels completed'])

    const attempt = { step_id: 'brief', path: 'root', visit: 1, attempt: 1, epoch: 0 }
    const step = await getRunStep({ ctx, input: { id: run.run_id, attempt } })
    expect(step).toMatchObject({ source: 'person', output: { topic: 'News' } })
    const absent = getRunStep({ ctx, input: { id: run.run_id, attempt: { ...attempt, visit: 2 } } })
    expect((await refusal(absent)).code).toBe('run.unknown_step')

    const { events } = await getRunHistory({ ctx, input: { id: run.run_id } })
    const first = await listRunEvents({ ctx, input: { id: run.run_id, query: { limit: 2 } } })
    const rest = await listRunEvents({ ctx, input: { id: run.run_id, query: { after: first.next ?? 0 } } })
    expect([...first.events, ...rest.events]).toEqual(events)
    const waits = await listRunEvents({ ctx, input: { id: run.run_id, query: { kind: 'wait' } } })
    expect(waits.events.map(({ type }) => type)).toEqual(['wait.opened', 'wait.closed'])
  })

  it('names who made each value of the context', async () => {
    const run = await begin(ctx, FORM)
    const body = { resume_token: run.resume_token ?? '', inputs: { topic: 'News' } }
    await resumeRun({ ctx, input: { id: run.run_id, body } })
    const { made, steps } = await getRunValues({ ctx, input: { id: run.run_id, query: {} } })
    expect(made.topic).toEqual({ step: 'brief', source: 'person' })
    expect(steps).toEqual({ brief: 'person', labels: 'pure' })
  })

  it('exports everything of a run and nothing that opens its wait', async () => {
    const run = await begin(ctx, FORM)
    const answer = await exportRun({ ctx, input: { id: run.run_id } })
    expect(answer.history.steps.map(({ step_id }) => step_id)).toEqual(['brief'])
    expect([answer.run.resume_token, answer.run.waits[0]?.resume_token]).toEqual([null, null])
    expect(JSON.stringify(answer)).not.toContain(run.resume_token?.slice(0, 20) ?? '-')
  })
})
