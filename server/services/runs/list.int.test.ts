import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestApp, testApp } from '#server/testing/app.ts'
import type { ServiceContext } from '../context.ts'
import { approvalOf, begin, FORM, key, person, publish, refusal } from '../testing.ts'
import { cancelRun } from './cancel.ts'
import { listRuns } from './list.ts'
import { resumeRun } from './resume.ts'
import { startRun } from './start.ts'

const ASKS = `name: Ask
steps:
  - {id: review, type: approval, approvers: [ann@company.com, bob@company.com], policy: all}
`
const PUBLIC = FORM.replace('type: form', 'type: form\n    public: true')

let app: TestApp
let ctx: ServiceContext

beforeAll(async () => {
  app = await testApp({ LOG_LEVEL: 'silent' })
  ctx = app.context(await person(app, 'editor', 'ed@company.com'))
})
afterAll(() => app.drop())

const list = (input: Parameters<typeof listRuns>[0]['input']) => listRuns({ ctx, input })
const ids = async (input: Parameters<typeof listRuns>[0]['input']) =>
  (await list(input)).runs.map(({ run_id }) => run_id)

describe('the list of runs', () => {
  it('takes one status, several, or several with commas', async () => {
    const waiting = await begin(ctx, FORM)
    const canceled = await begin(ctx, FORM)
    await cancelRun({ ctx, input: { id: canceled.id, body: {} } })
    expect(await ids({ status: 'waiting' })).toEqual([waiting.id])
    expect(await ids({ status: ['canceled'] })).toEqual([canceled.id])
    expect(await ids({ status: ['waiting', 'canceled'] })).toEqual([canceled.id, waiting.id])
    expect(await ids({ status: 'waiting,canceled' })).toEqual([canceled.id, waiting.id])
    expect((await refusal(list({ status: 'waiting,asleep' }))).code).toBe('request.invalid')
  })

  it('tells whom a waiting run waits for, since when, and nothing of the others', async () => {
    const asks = await begin(ctx, ASKS)
    const [row] = (await list({ workflow_id: asks.workflow_id })).runs
    expect(row?.waiting_for).toEqual({
      type: 'approval',
      people: ['ann@company.com', 'bob@company.com'],
      any: false,
      since: asks.waits[0]?.opened_at,
      expires_at: asks.waits[0]?.expires_at,
    })
    const open = await begin(ctx, PUBLIC)
    expect((await list({ workflow_id: open.workflow_id })).runs[0]?.waiting_for).toMatchObject({
      type: 'form',
      people: [],
      any: true,
    })
    const answered = await begin(ctx, approvalOf('any'))
    const body = { resume_token: answered.resume_token ?? '', inputs: { text: 'A draft' } }
    await resumeRun({ ctx, input: { id: answered.run_id, body } })
    expect((await list({ workflow_id: answered.workflow_id })).runs[0]?.waiting_for).toMatchObject({ type: 'approval' })
    await cancelRun({ ctx, input: { id: asks.id, body: {} } })
    expect((await list({ workflow_id: asks.workflow_id })).runs[0]?.waiting_for).toBeNull()
  })

  it('finds what one person or key started', async () => {
    const workflow_id = await publish(ctx, FORM)
    const bot = app.context(key('editor'))
    const mine = await startRun({ ctx, input: { body: { workflow_id }, key: null } })
    const its = await startRun({ ctx: bot, input: { body: { workflow_id }, key: null } })
    expect(await ids({ workflow_id, started_by: 'ed@company.com' })).toEqual([mine.run_id])
    expect(await ids({ workflow_id, started_by: 'API key' })).toEqual([its.run_id])
    expect(await ids({ workflow_id, started_by: 'nobody@company.com' })).toEqual([])
  })
})
