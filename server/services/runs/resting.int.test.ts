import { afterAll, beforeAll, expect, it } from 'vitest'
import { stepCatalog } from '#lib/steps/definitions.ts'
import { DAY, plus } from '#lib/time.ts'
import { testPorts } from '#server/engine/postgres/worker/testing.ts'
import { startWorker } from '#server/engine/postgres/worker/worker.ts'
import { type TestApp, testApp } from '#server/testing/app.ts'
import type { ServiceContext } from '../context.ts'
import { begin, person } from '../testing.ts'
import { getRunDetail } from './detail.ts'

let app: TestApp
let ctx: ServiceContext

beforeAll(async () => {
  app = await testApp({ LOG_LEVEL: 'silent' })
  ctx = app.context(await person(app, 'editor'))
})
afterAll(() => app.drop())

it('a run that rests says until when, and goes on then, also if nobody was there at that time', async () => {
  const began = app.clock.now().toISOString()
  const { run_id, status } = await begin(
    ctx,
    'name: Patience\nsteps:\n  - {id: rest, type: delay, for: 3d}\n  - {id: after, type: set, values: {done: "1"}}\n',
  )
  const detail = () => getRunDetail({ ctx, input: { id: run_id } })
  expect(status).toBe('waiting')
  const resting = await detail()
  expect(resting).toMatchObject({ status: 'waiting', current_step: 'rest', waits: [] })
  expect(resting.steps).toMatchObject([{ step_id: 'rest', status: 'waiting', until: plus(began, 3 * DAY) }])

  app.clock.pass(5 * DAY)
  const worker = await startWorker({
    sql: app.database.sql,
    clock: app.clock,
    catalog: stepCatalog,
    onError: (error) => {
      throw error
    },
    ports: { ...testPorts, executors: {} },
    id: null,
    concurrency: 1,
    leaseSeconds: 30,
    pollMs: 20,
    drainMs: 1_000,
  })
  await worker.idle()
  await worker.stop()
  const over = await detail()
  expect(over.status).toBe('completed')
  expect(over.steps.map(({ step_id, status }) => `${step_id} ${status}`)).toEqual(['rest completed', 'after completed'])
  expect(over.steps.some((step) => 'until' in step)).toBe(false)
})
