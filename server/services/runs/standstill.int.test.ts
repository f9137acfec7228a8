import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type TestApp, testApp } from '#server/testing/app.ts'
import type { ServiceContext } from '../context.ts'
import { person, publish, refusal } from '../testing.ts'
import { cancelRun } from './cancel.ts'
import { retryRun } from './retry.ts'
import { getRunStandstill } from './standstill.ts'
import { startRun } from './start.ts'

const DRAFT = `name: Draft
steps:
  - {id: draft, type: ai_generate, prompt: Write}
`

let app: TestApp
let ctx: ServiceContext
let workflow_id: string

beforeAll(async () => {
  app = await testApp({ LOG_LEVEL: 'silent' })
  ctx = app.context(await person(app, 'editor'))
  workflow_id = await publish(ctx, DRAFT)
})
afterEach(async () => {
  await app.database.sql`truncate work, workers`
})
afterAll(() => app.drop())

const begin = async (workflow = workflow_id) =>
  (await startRun({ ctx, input: { body: { workflow_id: workflow }, key: null } })).run_id
const standstill = (id: string) => getRunStandstill({ ctx, input: { id } })
const worker = (id: string, lease: string) =>
  app.database.sql.unsafe(`insert into workers (id, lease_until) values ('${id}', now() + interval '${lease}')`)
const take = (run_id: string, owner: string) =>
  app.database.sql`update work set owner = ${owner} where run_id = ${run_id}`

describe('why a run stands still', () => {
  it('is nothing for the first moments', async () => {
    const id = await begin()
    expect(await standstill(id)).toBeNull()
    app.clock.pass(3_000)
    expect(await standstill(id)).not.toBeNull()
  })

  it('is that no worker is alive, also where a dead one still holds its step', async () => {
    const id = await begin()
    await worker('wrk_dead', '-1 seconds')
    await take(id, 'wrk_dead')
    app.clock.pass(3_000)
    expect(await standstill(id)).toMatchObject({ workers: 0, in_hand: 0, ahead: 0, since: expect.any(String) })
  })

  it('is how many steps were ready before it, and how many the workers have in hand', async () => {
    const [busy, first] = [await begin(), await begin()]
    app.clock.pass(1_000)
    const second = await begin()
    await worker('wrk_1', '10 seconds')
    await take(busy, 'wrk_1')
    app.clock.pass(3_000)
    expect(await standstill(second)).toMatchObject({ workers: 1, in_hand: 1, ahead: 1 })
    expect(await standstill(first)).toMatchObject({ workers: 1, in_hand: 1, ahead: 0 })
  })

  it('is nothing while a worker executes it, or when nothing is due', async () => {
    const id = await begin()
    await worker('wrk_1', '10 seconds')
    await take(id, 'wrk_1')
    app.clock.pass(3_000)
    expect(await standstill(id)).toBeNull()
    await app.database.sql`truncate work`
    expect(await standstill(id)).toBeNull()
  })

  it('is that others of its kind are under way, where the workflow says how many may be', async () => {
    const limited = DRAFT.replace('name: Draft', 'name: Turns\nlimits: {concurrency: {max: 1}}')
    const workflow_id = await publish(ctx, limited)
    const [first, second, third] = [await begin(workflow_id), await begin(workflow_id), await begin(workflow_id)]
    await app.database.sql`update runs set status = 'running' where id = ${first}`
    await worker('wrk_1', '10 seconds')
    expect(await standstill(second)).toBeNull()
    app.clock.pass(3_000)
    const turn = { workers: 1, in_hand: 0, at_once: 1 }
    expect(await standstill(second)).toMatchObject({ ...turn, ahead: 0 })
    expect(await standstill(third)).toMatchObject({ ...turn, ahead: 1 })
    await cancelRun({ ctx, input: { id: third, body: {} } })
    app.clock.pass(60_000)
    await retryRun({ ctx, input: { id: third, body: {} } })
    expect(await standstill(third)).toBeNull()
    const since = app.clock.now().toISOString()
    app.clock.pass(3_000)
    expect(await standstill(third)).toMatchObject({ ...turn, since })
  })

  it('is told only to who may see the run', async () => {
    const id = await begin()
    expect((await refusal(getRunStandstill({ ctx: app.context(null), input: { id } }))).code).toBe('auth.required')
    expect((await refusal(standstill('run_nothing'))).code).toBe('run.not_found')
  })
})
