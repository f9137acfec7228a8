import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { approvalOf, FORM, key, person } from '#server/services/testing.ts'
import { type TestApp, testApp } from '#server/testing/app.ts'
import { appRouter } from '../root.ts'

let app: TestApp
let sarah: ReturnType<typeof appRouter.createCaller>
let ann: ReturnType<typeof appRouter.createCaller>

beforeAll(async () => {
  app = await testApp({ LOG_LEVEL: 'silent' })
  sarah = appRouter.createCaller(app.context(await person(app, 'editor', 'sarah@company.com')))
  ann = appRouter.createCaller(app.context(await person(app, 'approver', 'ann@company.com')))
})
afterAll(() => app.drop())

describe('the loop by tRPC', () => {
  it('goes from the text over the form and the inbox to the end', async () => {
    expect((await sarah.workflows.validate({ yaml: approvalOf('all') })).valid).toBe(true)
    const { id: workflow_id } = await sarah.workflows.create({ yaml: approvalOf('all') })
    const { run_id } = await sarah.runs.start({ body: { workflow_id } })
    const asked = await sarah.runs.get({ id: run_id })
    const wait_id = asked.waiting?.wait_id ?? ''
    expect(await sarah.forms.open({ run_id, wait_id })).toMatchObject({ state: 'open', title: 'draft' })
    const wrong = await sarah.forms.submit({ run_id, wait_id, answer: { form: { text: '' } } })
    expect(wrong).toMatchObject({ accepted: false, view: { state: 'open', errors: [{ path: 'text' }] } })
    const right = await sarah.forms.submit({ run_id, wait_id, answer: { values: { text: 'Hello' } } })
    expect(right.accepted).toBe(true)

    expect(await ann.approvals.counts()).toEqual({ mine: 1, all: 1 })
    const [row] = (await ann.approvals.list({ scope: 'mine', status: 'pending' })).approvals
    const id = row?.id ?? ''
    expect((await ann.approvals.get({ id })).show).toEqual({ text: 'Hello' })
    await ann.approvals.decide({ id, decision: 'approve', body: { comment: 'Good' } })
    const bot = appRouter.createCaller(app.context(key('admin')))
    await bot.approvals.reassign({ id, body: { from: 'bob@company.com', to: 'carl@company.com' } })
    const { results } = await bot.approvals.bulk({ ids: [id], decision: 'approve', approver: 'carl@company.com' })
    expect(results).toMatchObject([{ ok: true, status: 'approved' }])

    const detail = await sarah.runs.detail({ id: run_id })
    expect([detail.status, detail.steps.at(-1)?.decisions.length]).toEqual(['completed', 2])
    expect((await sarah.runs.context({ id: run_id })).runtime).toMatchObject({ text: 'Hello', approved: true })
    expect((await sarah.runs.list({ workflow_id })).runs.map((r) => r.run_id)).toEqual([run_id])
  })

  it('changes, lists, restores and deletes workflows', async () => {
    const { id } = await sarah.workflows.create({ yaml: FORM })
    await sarah.workflows.update({ id, ifVersion: 1, body: { yaml: `${FORM}# more\n` } })
    expect(await sarah.workflows.rollback({ id, body: { version: 1 } })).toMatchObject({ version: 3 })
    expect((await sarah.workflows.versions({ id })).versions).toHaveLength(3)
    expect((await sarah.workflows.setEnabled({ id, body: { enabled: false } })).enabled).toBe(false)
    expect((await sarah.workflows.get({ id, query: { version: 2 } })).yaml).toContain('# more')
    expect((await sarah.workflows.list({ q: 'brief' })).workflows.map((w) => w.id)).toContain(id)
    await sarah.workflows.delete({ id })
    await expect(sarah.workflows.get({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('ends a run and takes it up again', async () => {
    const { id: workflow_id } = await sarah.workflows.create({ yaml: FORM })
    const { run_id: id } = await sarah.runs.start({ body: { workflow_id }, key: 'once' })
    expect((await sarah.runs.start({ body: { workflow_id }, key: 'once' })).replayed).toBe(true)
    expect(await sarah.runs.cancel({ id })).toMatchObject({ status: 'canceled' })
    expect(await sarah.runs.retry({ id })).toMatchObject({ status: 'waiting' })
  })

  it('gives the problem document of REST with each refusal', async () => {
    const error: unknown = await ann.workflows.create({ yaml: FORM }).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'FORBIDDEN', cause: { code: 'auth.forbidden' } })
    await expect(
      sarah.workflows.update({ id: 'nonsense', ifVersion: null, body: { yaml: FORM } }),
    ).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    await expect(appRouter.createCaller(app.context(null)).runs.list({})).rejects.toMatchObject({
      code: 'UNAUTHORIZED',
    })
  })
})
