import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { waits } from '#drizzle/schema/index.ts'
import { formLinkToken } from '#server/auth/wait-links.ts'
import { type TestApp, testApp } from '#server/testing/app.ts'
import type { ServiceContext } from '../context.ts'
import { cancelRun } from '../runs/cancel.ts'
import { getRun } from '../runs/get.ts'
import { getRunHistory } from '../runs/history.ts'
import { begin, FORM, person, refusal } from '../testing.ts'
import { openForm } from './open.ts'
import { openFormLink } from './open-link.ts'
import { submitForm } from './submit.ts'
import { submitFormLink } from './submit-link.ts'

let app: TestApp
let sarah: ServiceContext
let nobody: ServiceContext

beforeAll(async () => {
  app = await testApp({ LOG_LEVEL: 'silent' })
  sarah = app.context(await person(app, 'editor', 'sarah@company.com'))
  nobody = app.context(null)
})
afterAll(() => app.drop())

const PUBLIC = FORM.replace('type: form', 'type: form\n    public: true')

async function ask(yaml = PUBLIC) {
  const run = await begin(sarah, yaml)
  const [row] = await app.database.db
    .select()
    .from(waits)
    .where(eq(waits.id, run.waiting?.wait_id ?? ''))
  if (row?.wait.kind !== 'form' || row.opening.kind !== 'form') throw new Error('no form')
  return { run, run_id: run.run_id, wait_id: row.id, token: formLinkToken(app.keys, row.id, row.wait, row.opening) }
}
const submit = (token: string, form: Record<string, string | string[]>) =>
  submitFormLink({ ctx: nobody, input: { token, answer: { form } } })

describe('a form by its link', () => {
  it('opens for whoever holds it, with what stands in the fields at first', async () => {
    const { token, wait_id, run } = await ask()
    expect(run.waiting?.form?.link).toBe(`https://scaff.example/f/${token}`)
    const view = await openFormLink({ ctx: nobody, input: { token } })
    expect(view).toMatchObject({
      state: 'open',
      wait_id,
      workflow_name: 'Brief',
      errors: [],
      values: { tone: 'casual' },
    })
  })

  it('shows what was sent to the browser that sent it, and to nobody else who has the link', async () => {
    const { token, wait_id } = await ask()
    const sent = await submit(token, { topic: 'Durable runs', tone: 'technical' })
    if (!sent.accepted) throw new Error('not accepted')
    const seen = await openFormLink({ ctx: nobody, input: { token, receipt: sent.receipt } })
    expect(seen).toMatchObject({ state: 'submitted', workflow_name: 'Brief' })
    expect(seen.state === 'submitted' && seen.answers).toEqual([
      { label: 'Topic', value: 'Durable runs' },
      { label: 'Tone', value: 'technical' },
      { label: 'Words', value: null },
    ])
    for (const receipt of [undefined, '', wait_id, `${sent.receipt}x`]) {
      expect(await openFormLink({ ctx: nobody, input: { token, receipt } })).toMatchObject({ answers: null })
    }
    const other = await ask()
    await submit(other.token, { topic: 'Something else', tone: 'casual' })
    expect(await openFormLink({ ctx: nobody, input: { token: other.token, receipt: sent.receipt } })).toMatchObject({
      answers: null,
    })
  })

  it('begins with what the author lets stand in the fields', async () => {
    const yaml = PUBLIC.replace('key: words, type: integer', 'key: words, type: integer, prefill: "{{ inputs.words }}"')
    const run = await begin(sarah, yaml, { words: 700 })
    const view = await openForm({ ctx: sarah, input: { run_id: run.run_id, wait_id: run.waiting?.wait_id ?? '' } })
    expect(view).toMatchObject({ state: 'open', values: { tone: 'casual', words: 700 } })
  })

  it('takes the strings of a native form and goes on', async () => {
    const { token, run_id } = await ask()
    expect(await submit(token, { topic: 'Durable runs', tone: 'technical', words: '500' })).toMatchObject({
      accepted: true,
      run_id,
    })
    const { steps } = await getRunHistory({ ctx: sarah, input: { id: run_id } })
    expect(steps[0]?.output).toEqual({ topic: 'Durable runs', tone: 'technical', words: 500 })
  })

  it('keeps what was typed, names what is wrong, and stays open', async () => {
    const { token } = await ask()
    const answer = await submit(token, { topic: 'x', tone: 'loud', words: 'many' })
    expect(answer).toMatchObject({
      accepted: false,
      view: { state: 'open', values: { topic: 'x', tone: 'loud', words: 'many' } },
    })
    const paths = answer.accepted || answer.view.state !== 'open' ? [] : answer.view.errors.map((e) => e.path)
    expect(paths.sort()).toEqual(['tone', 'topic', 'words'])
    expect((await submit(token, { topic: 'Now it fits' })).accepted).toBe(true)
  })

  it('takes one of many submissions, and tells the others that it was sent already', async () => {
    const { token, run_id } = await ask()
    const all = await Promise.all(Array.from({ length: 10 }, () => submit(token, { topic: 'Twice' })))
    expect(all.filter((a) => a.accepted)).toHaveLength(1)
    for (const a of all) if (!a.accepted) expect(a.view.state).toBe('submitted')
    expect(await openFormLink({ ctx: nobody, input: { token } })).toMatchObject({
      state: 'submitted',
      at: expect.any(String),
    })
    const { events } = await getRunHistory({ ctx: sarah, input: { id: run_id } })
    expect(events.filter((e) => e.type === 'wait.closed')).toHaveLength(1)
  })

  it('explains itself once the run is canceled or the time ran out', async () => {
    const gone = await ask()
    await cancelRun({ ctx: sarah, input: { id: gone.run_id, body: {} } })
    expect(await openFormLink({ ctx: nobody, input: { token: gone.token } })).toMatchObject({ state: 'canceled' })
    expect(await submit(gone.token, { topic: 'late' })).toMatchObject({ accepted: false, view: { state: 'canceled' } })
    const late = await ask()
    await app.database.db
      .update(waits)
      .set({ outcome: 'expired', closedAt: new Date() })
      .where(eq(waits.id, late.wait_id))
    expect(await openFormLink({ ctx: nobody, input: { token: late.token } })).toMatchObject({ state: 'expired' })
  })

  it('is nothing when it is not ours', async () => {
    const { token } = await ask()
    const other = await ask()
    const [wait = '', , generation = '', mac = ''] = token.split('.')
    for (const bad of [
      '',
      'x',
      `${wait}.a1.${generation}.${mac}`,
      `${other.wait_id}.p.1.${mac}`,
      `${wait}.p.2.${mac}`,
      `${token}x`,
    ]) {
      expect([bad, await openFormLink({ ctx: nobody, input: { token: bad } })]).toEqual([bad, { state: 'invalid' }])
      expect(await submit(bad, { topic: 'Hello' })).toEqual({ accepted: false, view: { state: 'invalid' } })
    }
  })
})

describe('a form in the app', () => {
  it('is for those who may resume runs, and for whom it was assigned to', async () => {
    const yaml = FORM.replace('type: form', 'type: form\n    assignee: mike@company.com')
    const { run_id, wait_id } = await ask(yaml)
    const mike = app.context(await person(app, 'viewer', 'mike@company.com'))
    const viewer = app.context(await person(app, 'viewer'))
    const ids = { run_id, wait_id }
    expect((await refusal(openForm({ ctx: viewer, input: ids }))).code).toBe('auth.forbidden')
    expect((await refusal(openForm({ ctx: nobody, input: ids }))).code).toBe('auth.required')
    expect(await openForm({ ctx: sarah, input: ids })).toMatchObject({ state: 'open' })
    expect(await openForm({ ctx: mike, input: ids })).toMatchObject({ state: 'open' })
    const answer = await submitForm({ ctx: mike, input: { ...ids, answer: { values: { topic: 'By hand' } } } })
    expect(answer.accepted).toBe(true)
    expect((await getRun({ ctx: sarah, input: { id: run_id, query: {} } })).status).toBe('completed')
  })

  it('shows what was sent to the person who sent it, and to nobody else', async () => {
    const { run_id, wait_id, token } = await ask(PUBLIC)
    const ids = { run_id, wait_id }
    const send = (topic: string) => submitForm({ ctx: sarah, input: { ...ids, answer: { values: { topic } } } })
    expect(await send('x')).toMatchObject({ accepted: false, view: { state: 'open', values: { topic: 'x' } } })
    const [first, second] = await Promise.all([send('Durable runs'), send('Durable runs')])
    expect([first.accepted, second.accepted].sort()).toEqual([false, true])
    expect(await openForm({ ctx: sarah, input: ids })).toMatchObject({
      state: 'submitted',
      by: 'sarah@company.com',
      answers: [
        { label: 'Topic', value: 'Durable runs' },
        { label: 'Tone', value: 'casual' },
        { label: 'Words', value: null },
      ],
    })
    const other = app.context(await person(app, 'owner'))
    expect(await openForm({ ctx: other, input: ids })).toMatchObject({ state: 'submitted', answers: null })
    expect(await openFormLink({ ctx: sarah, input: { token } })).toMatchObject({ answers: null })
    const byLink = await ask(PUBLIC)
    await submit(byLink.token, { topic: 'By link' })
    expect(await openForm({ ctx: sarah, input: byLink })).toMatchObject({ state: 'submitted', answers: null })
  })

  it('is for everyone with the role it is assigned to', async () => {
    const { run_id, wait_id } = await ask(FORM.replace('type: form', 'type: form\n    assignee: {role: approver}'))
    const approver = app.context(await person(app, 'approver'))
    const viewer = app.context(await person(app, 'viewer'))
    expect(await openForm({ ctx: approver, input: { run_id, wait_id } })).toMatchObject({ state: 'open' })
    expect((await refusal(openForm({ ctx: viewer, input: { run_id, wait_id } }))).code).toBe('auth.forbidden')
    const { waiting } = await getRun({ ctx: viewer, input: { id: run_id, query: {} } })
    expect(waiting?.form?.assignee).toBe('everyone with the role approver')
    expect(waiting?.form?.link).toBeUndefined()
  })

  it('is not there under another run, nor at ids of nothing', async () => {
    const [a, b] = [await ask(), await ask()]
    for (const ids of [
      { run_id: a.run_id, wait_id: b.wait_id },
      { run_id: a.run_id, wait_id: 'nonsense' },
      { run_id: 'nonsense', wait_id: a.wait_id },
    ]) {
      expect((await refusal(openForm({ ctx: sarah, input: ids }))).code).toBe('run.not_found')
    }
  })
})
