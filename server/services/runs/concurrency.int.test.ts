import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runs, waits } from '#drizzle/schema/index.ts'
import { stepCatalog } from '#lib/steps/definitions.ts'
import { startExecution } from '#server/api/routes/executions.ts'
import { call, keyOf } from '#server/api/testing.ts'
import { testPorts } from '#server/engine/postgres/worker/testing.ts'
import { startWorker, type Worker } from '#server/engine/postgres/worker/worker.ts'
import { type TestApp, testApp } from '#server/testing/app.ts'
import type { ServiceContext } from '../context.ts'
import { person, publish, refusal } from '../testing.ts'
import { updateWorkflow } from '../workflows/update.ts'
import { childStart } from './child.ts'
import { forkRun } from './fork.ts'
import { startRun } from './start.ts'

/** Waits until somebody answers, so that it is under way as long as a test likes. */
const limited = (concurrency: string, inputs = '[{key: topic, type: string}]') => `name: Turns
inputs: ${inputs}
limits: {concurrency: ${concurrency}}
steps:
  - {id: ask, type: form, fields: [{key: colour, type: string}]}
`

let app: TestApp
let ctx: ServiceContext
let worker: Worker
const troubles: unknown[] = []

beforeAll(async () => {
  app = await testApp({ LOG_LEVEL: 'silent' })
  ctx = app.context(await person(app, 'editor'))
  worker = await startWorker({
    sql: app.database.sql,
    clock: app.clock,
    catalog: stepCatalog,
    onError: (error) => troubles.push(error),
    ports: {
      ...testPorts,
      executors: {},
      child: ({ request_id, data }, workflow, inputs) =>
        childStart({
          ctx: { app, actor: null, requestId: request_id, ip: null },
          input: { workflow, inputs, profile: data.profile },
        }),
    },
    id: null,
    concurrency: 4,
    leaseSeconds: 30,
    pollMs: 20,
    drainMs: 1_000,
  })
})
afterAll(async () => {
  await worker.stop()
  await app.drop()
  if (troubles.length > 0) throw new AggregateError(troubles, 'the worker reported troubles')
})

const start = (workflow_id: string, inputs: object = {}) =>
  startRun({ ctx, input: { body: { workflow_id, inputs: { ...inputs } }, key: null } })

/** How the runs of a workflow stand, the oldest first. */
async function standing(workflow_id: string): Promise<string[]> {
  await worker.idle()
  const rows = await app.database.db
    .select({ status: runs.status })
    .from(runs)
    .where(eq(runs.workflowId, workflow_id))
    .orderBy(runs.createdAt, runs.id)
  return rows.map(({ status }) => status)
}

async function answer(run_id: string): Promise<void> {
  const [wait] = await app.database.db.select().from(waits).where(eq(waits.runId, run_id))
  if (!wait) throw new Error(`${run_id} waits for nobody`)
  const by = { via: 'app', id: 'usr_1', label: 'Ann' } as const
  const told = await app.engine.signal(
    { actor: { kind: 'system', name: 'test' }, request_id: 'req', audit: null },
    { run_id, wait_id: wait.id, generation: null, by, kind: 'form', values: { colour: 'red' } },
  )
  expect(told.ok).toBe(true)
}

describe('runs of a workflow that lets one be under way at a time', () => {
  it('take turns in the order of their starts', async () => {
    const id = await publish(ctx, limited('{max: 1}'))
    const started = []
    for (let i = 0; i < 3; i += 1) {
      started.push(await start(id))
      app.clock.pass(1_000)
    }
    expect(started.map(({ status }) => status)).toEqual(['queued', 'queued', 'queued'])
    expect(await standing(id)).toEqual(['waiting', 'queued', 'queued'])
    await answer(started[0]?.run_id ?? '')
    expect(await standing(id)).toEqual(['completed', 'waiting', 'queued'])
    await answer(started[1]?.run_id ?? '')
    expect(await standing(id)).toEqual(['completed', 'completed', 'waiting'])
  })

  it('do so as well when they are started by REST', async () => {
    const workflow_id = await publish(ctx, limited('{max: 1}'))
    const key = await keyOf(app, 'editor')
    const answers = await Promise.all(
      Array.from({ length: 3 }, () => call(app, startExecution, { key, body: { workflow_id } })),
    )
    expect(answers.map(({ status, json }) => [status, json.status])).toEqual(Array(3).fill([202, 'queued']))
    expect((await standing(workflow_id)).toSorted()).toEqual(['queued', 'queued', 'waiting'])
  })

  it('do so also when steps of other runs call it', async () => {
    const id = await publish(ctx, limited('{max: 1}').replace('name: Turns', 'name: Called in turn'))
    const caller = await publish(
      ctx,
      'name: Caller\nsteps:\n  - {id: sub, type: workflow, workflow: Called in turn}\noutputs: "{{ steps.sub.output }}"\n',
    )
    const first = await start(caller)
    await worker.idle()
    await start(caller)
    expect(await standing(id)).toEqual(['waiting', 'queued'])
    expect(await standing(caller)).toEqual(['waiting', 'waiting'])
    const [child] = await app.database.db.select().from(runs).where(eq(runs.parentRunId, first.run_id))
    await answer(child?.id ?? '')
    expect(await standing(id)).toEqual(['completed', 'waiting'])
    expect(await standing(caller)).toEqual(['completed', 'waiting'])
  })
})

describe('a key', () => {
  it('lets runs of other values begin, whatever the order of keys in a value', async () => {
    const id = await publish(ctx, limited('{max: 1, key: inputs.who}', '{type: object}'))
    await start(id, { who: { a: 1, b: 2 } })
    await start(id, { who: { b: 2, a: 1 } })
    await start(id, { who: 'somebody else' })
    expect((await standing(id)).toSorted()).toEqual(['queued', 'waiting', 'waiting'])
    const keys = await app.database.db.select({ key: runs.concurrencyKey }).from(runs).where(eq(runs.workflowId, id))
    expect(new Set(keys.map(({ key }) => key)).size).toBe(2)
    expect(keys.every(({ key }) => key?.startsWith(`${id}:`))).toBe(true)
  })

  it('of one workflow is not that of another', async () => {
    const [one, other] = [await publish(ctx, limited('{max: 1}')), await publish(ctx, limited('{max: 1}'))]
    await start(one)
    await start(other)
    expect([await standing(one), await standing(other)]).toEqual([['waiting'], ['waiting']])
  })

  it('counts the runs of each person, and of each constant, apart', async () => {
    const id = await publish(
      ctx,
      limited('{max: 1, key: "join([profile.user_email, static.region])"}').replace(
        'name: Turns',
        'name: Turns\nstatic: {region: eu}',
      ),
    )
    const somebody = app.context(await person(app, 'editor'))
    await start(id)
    await startRun({ ctx: somebody, input: { body: { workflow_id: id }, key: null } })
    await start(id)
    expect((await standing(id)).toSorted()).toEqual(['queued', 'waiting', 'waiting'])
  })

  it('that is null is a value like any other: those runs take turns with one another', async () => {
    const id = await publish(ctx, limited('{max: 1, key: inputs.topic}'))
    for (const inputs of [{ topic: null }, {}, { topic: 'AI' }]) await start(id, inputs)
    expect((await standing(id)).toSorted()).toEqual(['queued', 'waiting', 'waiting'])
  })

  it('is that of the inputs with which a run branches off', async () => {
    const id = await publish(ctx, limited('{max: 1, key: inputs.topic}'))
    const { run_id } = await start(id, { topic: 'AI' })
    const fork = (inputs?: { topic: string }) =>
      forkRun({ ctx, input: { id: run_id, body: { from_step: 'ask', ...(inputs ? { inputs } : {}) }, key: null } })
    expect([(await fork()).status, (await fork({ topic: 'Tea' })).status]).toEqual(['queued', 'queued'])
    expect((await standing(id)).toSorted()).toEqual(['queued', 'waiting', 'waiting'])
  })

  it('without a value starts no run', async () => {
    const id = await publish(ctx, limited('{max: 1, key: inputs.who.id}', '{type: object}'))
    const error = await refusal(start(id, { who: {} }))
    expect(error.code).toBe('inputs.invalid')
    expect(error.errors[0]).toMatchObject({ path: 'inputs', code: 'expression.missing' })
    expect(await standing(id)).toEqual([])
    const answered = await call(app, startExecution, {
      key: await keyOf(app, 'editor'),
      body: { workflow_id: id, inputs: { who: {} } },
    })
    expect([answered.status, answered.json.code]).toEqual([422, 'inputs.invalid'])
  })

  it('without a value fails the step that calls the workflow', async () => {
    const text = limited('{max: 1, key: inputs.who}', '{type: object}').replace('name: Turns', 'name: Keyed')
    await publish(ctx, text)
    const caller = await publish(ctx, 'name: Caller\nsteps:\n  - {id: sub, type: workflow, workflow: Keyed}\n')
    const { run_id } = await start(caller)
    expect(await standing(caller)).toEqual(['failed'])
    const [run] = await app.database.db.select({ error: runs.error }).from(runs).where(eq(runs.id, run_id))
    expect(run?.error).toMatchObject({ code: 'inputs.invalid', step: 'sub' })
  })
})

it('keeps the version it was started with, whatever is saved meanwhile', async () => {
  const text = limited('{max: 1}')
  const id = await publish(ctx, text)
  const [first, second] = [await start(id), await start(id)]
  expect(await standing(id)).toEqual(['waiting', 'queued'])
  await updateWorkflow({ ctx, input: { id, ifVersion: null, body: { yaml: text.replace('ask,', 'other,') } } })
  await answer(first.run_id)
  expect(await standing(id)).toEqual(['completed', 'waiting'])
  const [wait] = await app.database.db.select().from(waits).where(eq(waits.runId, second.run_id))
  expect(wait?.stepId).toBe('ask')
})
