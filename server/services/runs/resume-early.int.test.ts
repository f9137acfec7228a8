import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { auditLog } from '#drizzle/schema/index.ts'
import { resumeExecution } from '#server/api/routes/executions.ts'
import { call, keyOf } from '#server/api/testing.ts'
import { type TestApp, testApp } from '#server/testing/app.ts'
import type { ServiceContext } from '../context.ts'
import { approvalOf, begin, key, person, refusal } from '../testing.ts'
import { getRun } from './get.ts'
import { getRunHistory } from './history.ts'
import { resumeRun } from './resume.ts'

const TWO = `name: Two forms
steps:
  - {id: first, type: form, fields: [{key: topic, type: string, required: true}]}
  - id: second
    type: form
    fields: [{key: words, type: integer, required: true}, {key: tone, type: string, default: calm}]
  - {id: labels, type: set, values: {label: "{{ topic }}/{{ words }}/{{ tone }}"}}
outputs: {label: "{{ label }}"}
`

let app: TestApp
let ctx: ServiceContext

beforeAll(async () => {
  app = await testApp({ LOG_LEVEL: 'silent' })
  ctx = app.context(await person(app, 'editor', 'ed@company.com'))
})
afterAll(() => app.drop())

type Body = Parameters<typeof resumeRun>[0]['input']['body']
const resume = (id: string, body: Body, by = ctx) => resumeRun({ ctx: by, input: { id, body } })
const read = (id: string) => getRun({ ctx, input: { id, query: {} } })
const told = async (id: string) => {
  const { events } = await getRunHistory({ ctx, input: { id } })
  return events.filter(({ type }) => type.startsWith('answer.')).map(({ type, data }) => [type, data.reason ?? null])
}

describe('an answer that names its step', () => {
  it('is kept before the step asks, and taken when it does', async () => {
    const { run_id: id } = await begin(ctx, TWO)
    expect(await resume(id, { step: 'second', inputs: { words: 500 } })).toEqual({
      run_id: id,
      status: 'waiting',
      kept: true,
    })
    expect(await resume(id, { step: 'first', inputs: { topic: 'Tea' } })).toEqual({ run_id: id, status: 'completed' })
    expect((await read(id)).outputs).toEqual({ label: 'Tea/500/calm' })
    expect(await told(id)).toEqual([['answer.kept', null]])
    const audited = await app.database.db.select().from(auditLog).where(eq(auditLog.target, id))
    expect(audited.find(({ action }) => action === 'form.submit')?.detail).toEqual({
      run_id: id,
      step_id: 'second',
      early: true,
    })
  })

  it('is refused a second time with who was first, before the step asks and after', async () => {
    const { run_id: id } = await begin(ctx, TWO)
    await resume(id, { step: 'second', inputs: { words: 500 } })
    const early = await refusal(resume(id, { step: 'second', inputs: { words: 1 } }))
    expect([early.code, early.extra]).toEqual([
      'resume.already_decided',
      { decided: { outcome: 'submitted', by: 'ed@company.com', at: expect.any(String) } },
    ])
    await resume(id, { step: 'first', inputs: { topic: 'Tea' } })
    expect((await refusal(resume(id, { step: 'second', inputs: { words: 1 } }))).code).toBe('run.wrong_state')
  })

  it('that turns out not to fit is told in the history, and the form asks like any other', async () => {
    const { run_id: id } = await begin(ctx, TWO)
    await resume(id, { step: 'second', inputs: { words: 'many' } })
    await resume(id, { step: 'first', inputs: { topic: 'Tea' } })
    expect((await read(id)).waiting?.step_id).toBe('second')
    expect(await told(id)).toEqual([
      ['answer.kept', null],
      ['answer.refused', 'words must be a whole number, not text.'],
    ])
    expect((await refusal(resume(id, { step: 'second', inputs: { words: 'many' } }))).code).toBe('form.invalid')
    expect(await resume(id, { step: 'second', inputs: { words: 7 } })).toMatchObject({ status: 'completed' })
  })

  it('of a step that asks nobody, of none, or of the wrong kind is refused at once', async () => {
    const { run_id: id } = await begin(ctx, TWO)
    for (const step of ['labels', 'nowhere']) {
      const error = await refusal(resume(id, { step, inputs: {} }))
      expect([error.code, error.message]).toEqual(['run.unknown_step', expect.stringContaining('first, second')])
    }
    const approvals = [{ step_id: 'second', approved: true }]
    expect((await refusal(resume(id, { step: 'second', approvals }))).errors[0]?.path).toBe('approvals')
    for (const body of [{ inputs: {} }, { step: 'second', resume_token: 'x', inputs: {} }])
      expect((await refusal(resume(id, body))).errors[0]?.path).toBe('resume_token')
  })

  it('is for those who may answer', async () => {
    const { run_id: id } = await begin(ctx, TWO)
    for (const by of [await person(app, 'viewer'), key('admin', ['approvals:decide'])])
      expect((await refusal(resume(id, { step: 'second', inputs: {} }, app.context(by)))).code).toBe('auth.forbidden')
    expect(await told(id)).toEqual([])
  })

  it('says by REST that it is kept', async () => {
    const { run_id: id } = await begin(ctx, TWO)
    const bearer = await keyOf(app, 'editor')
    const answer = (body: object) => call(app, resumeExecution, { key: bearer, params: { id }, body })
    const kept = await answer({ step: 'second', inputs: { words: 5 } })
    expect([kept.status, kept.json]).toEqual([202, { run_id: id, status: 'waiting', kept: true }])
    const again = await answer({ step: 'second', inputs: { words: 5 } })
    expect([again.status, again.json.code]).toEqual([409, 'resume.already_decided'])
    const now = await answer({ step: 'first', inputs: { topic: 'Tea' } })
    expect([now.status, now.json]).toEqual([200, { run_id: id, status: 'completed' }])
  })
})

describe('a decision that names its step', () => {
  const approvals = (more: object = {}) => [{ step_id: 'review', approved: true, comment: 'fine', ...more }]
  const draft = { step: 'draft', inputs: { text: 'Hello' } }

  it('is kept in the place of who gives it, and taken when the approval opens', async () => {
    const { run_id: id } = await begin(ctx, approvalOf('all'))
    const ann = app.context(await person(app, 'approver', 'ann@company.com'))
    expect(await resume(id, { step: 'review', approvals: approvals() }, ann)).toMatchObject({ kept: true })
    app.clock.pass(1_000)
    const bot = app.context(key('admin'))
    await resume(id, { step: 'review', approvals: approvals({ approver: 'bob@company.com' }) }, bot)
    expect(await resume(id, draft)).toMatchObject({ status: 'completed' })
    const { steps } = await getRunHistory({ ctx, input: { id } })
    expect(steps.at(-1)?.decisions.map(({ by, approver }) => [by.via, approver])).toEqual([
      ['app', 'ann@company.com'],
      ['key', 'bob@company.com'],
    ])
    const audited = await app.database.db.select().from(auditLog).where(eq(auditLog.target, id))
    const of = { run_id: id, step_id: 'review', early: true, comment: 'fine' }
    expect(audited.filter(({ action }) => action === 'approval.approve').map(({ detail }) => detail)).toEqual([
      { ...of, approver: null },
      { ...of, approver: 'bob@company.com' },
    ])
  })

  it('of somebody who is not asked decides nothing', async () => {
    const { run_id: id } = await begin(ctx, approvalOf('any'))
    const eve = app.context(await person(app, 'approver', 'eve@company.com'))
    const other = resume(id, { step: 'review', approvals: approvals({ approver: 'ann@company.com' }) }, eve)
    expect((await refusal(other)).code).toBe('approval.not_allowed')
    await resume(id, { step: 'review', approvals: approvals() }, eve)
    expect(await resume(id, draft)).toMatchObject({ status: 'waiting' })
    expect((await told(id)).map(([type]) => type)).toEqual(['answer.kept', 'answer.refused'])
  })

  it('is one in each request, for the step it names', async () => {
    const { run_id: id } = await begin(ctx, approvalOf('any'))
    for (const [body, path] of [
      [{ step: 'review', approvals: [...approvals(), ...approvals()] }, 'approvals'],
      [{ step: 'review', approvals: approvals({ step_id: 'draft' }) }, 'approvals[0].step_id'],
      [{ step: 'review', inputs: {} }, 'inputs'],
    ] as const)
      expect((await refusal(resume(id, { ...body } as Body))).errors[0]?.path).toBe(path)
  })
})
