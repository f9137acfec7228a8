import { eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { constants, messages } from '#drizzle/schema/index.ts'
import { newId } from '#lib/ids.ts'
import { type TestApp, testApp } from '#server/testing/app.ts'
import type { ServiceContext } from '../context.ts'
import { begin, FORM, person, publish, refusal } from '../testing.ts'
import { deleteWorkflow } from '../workflows/delete.ts'
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

const start = (workflow_id: string, more: object = {}, header: string | null = null) =>
  startRun({ ctx, input: { body: { workflow_id, ...more }, key: header } })

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

  it('tells of a mail about what it waits for that failed', async () => {
    const run = await begin(ctx, FORM)
    const { db } = app.database
    await db.insert(messages).values({
      id: newId('message'),
      kind: 'form_request',
      runId: run.run_id,
      waitId: run.waits[0]?.wait_id ?? null,
      generation: 1,
      to: 'gone@company.com',
      data: {},
      status: 'failed',
      error: 'no such mailbox',
      createdAt: new Date(),
    })
    const mails = [{ to: 'gone@company.com', status: 'failed', error: 'no such mailbox', repeats: 0 }]
    expect((await getRun({ ctx: viewer, input: { id: run.run_id, query: {} } })).waiting).toMatchObject({ mails })
    expect((await exportRun({ ctx: viewer, input: { id: run.run_id } })).run.waits).toMatchObject([{ mails }])
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
    expect(detail.can).toEqual({
      cancel: true,
      retry: false,
      fork: true,
      resolve: false,
      answer: true,
      start: true,
      edit: true,
    })
    const seen = await getRunDetail({ ctx: viewer, input: { id: run.run_id } })
    const nothing = {
      cancel: false,
      retry: false,
      fork: false,
      resolve: false,
      answer: false,
      start: false,
      edit: false,
    }
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

  it('exports no link that opens a public form', async () => {
    const run = await begin(ctx, FORM.replace('type: form', 'type: form\n    public: true'))
    const link = run.waits[0]?.form?.link
    if (link === undefined) throw new Error('the form has no link')
    const { run: exported, history } = await exportRun({ ctx, input: { id: run.run_id } })
    expect(exported.waiting?.form).toMatchObject({ title: run.waiting?.form?.title })
    expect(JSON.stringify([exported, history])).not.toContain(new URL(link).pathname)
  })
})
