import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { waits } from '#drizzle/schema/index.ts'
import { MINUTE } from '#lib/time.ts'
import { approvalLinkToken, confirmationCode } from '#server/auth/wait-links.ts'
import type { Actor } from '#server/engine/port.ts'
import { type TestApp, testApp } from '#server/testing/app.ts'
import type { ServiceContext } from '../context.ts'
import { cancelRun } from '../runs/cancel.ts'
import { getRun } from '../runs/get.ts'
import { resumeRun } from '../runs/resume.ts'
import { approvalOf, begin, key, person } from '../testing.ts'
import { chooseByLink } from './choose-by-link.ts'
import { decideByLink } from './decide-by-link.ts'
import { getApproval } from './get.ts'
import { openApprovalLink } from './open-link.ts'
import { reassignApproval } from './reassign.ts'

let app: TestApp
let sarah: ServiceContext
let nobody: ServiceContext
let bot: ServiceContext
const session = 'a-browser-of-somebody'

beforeAll(async () => {
  app = await testApp({ LOG_LEVEL: 'silent' })
  sarah = app.context(await person(app, 'editor', 'sarah@company.com'))
  nobody = app.context(null)
  bot = app.context(key('admin'))
})
afterAll(() => app.drop())

async function ask(policy = 'any', more = '') {
  const run = await begin(sarah, approvalOf(policy) + more)
  const body = { resume_token: run.resume_token ?? '', inputs: { text: 'A post about durable runs' } }
  await resumeRun({ ctx: sarah, input: { id: run.run_id, body } })
  const { waiting } = await getRun({ ctx: bot, input: { id: run.run_id, query: {} } })
  const [row] = await app.database.db
    .select()
    .from(waits)
    .where(eq(waits.id, waiting?.wait_id ?? ''))
  const wait = row?.wait
  if (wait?.kind !== 'approval') throw new Error('no approval')
  const link = (approver: string) => approvalLinkToken(app.keys, row?.id ?? '', wait, approver)
  return { id: row?.id ?? '', run_id: run.run_id, wait, ann: link('a1'), bob: link('a2'), link }
}
const open = (token: string) => openApprovalLink({ ctx: nobody, input: { token } })
const choose = (token: string, choice: 'approve' | 'reject' | 'revise', comment = '', by = session) =>
  chooseByLink({ ctx: nobody, input: { token, choice, comment, session: by } })
async function decide(token: string, choice: 'approve' | 'reject', comment = '', more: object = {}) {
  const chosen = await choose(token, choice, comment)
  const nonce = chosen.ok ? chosen.nonce : ''
  return decideByLink({ ctx: nobody, input: { token, choice, comment, session, nonce, ...more } })
}
const pending = async (id: string) => (await getApproval({ ctx: sarah, input: { id } })).decisions.length === 0

describe('a mailed approval link', () => {
  it('shows what is approved, what follows, and in whose place it decides', async () => {
    const { ann, id } = await ask('all')
    expect(await open(ann)).toMatchObject({
      state: 'open',
      approval_id: id,
      approver: 'ann@company.com',
      requested_by: 'sarah@company.com',
      show: { text: 'A post about durable runs' },
      provenance: { text: 'person' },
      choices: ['approve', 'reject'],
      consequences: { approve: expect.any(String), reject: expect.stringContaining('fail') },
      quorum: { needed: 2 },
    })
  })

  it('of another round opens nothing, though the place is the same', async () => {
    const { id, wait } = await ask()
    const other = approvalLinkToken(app.keys, id, { ...wait, generation: wait.generation + 1 }, 'a1')
    expect((await open(other)).state).not.toBe('open')
  })

  it('decides nothing however often it is opened, nor by the first act alone', async () => {
    const { ann, id } = await ask()
    for (let i = 0; i < 50; i++) await open(ann)
    for (let i = 0; i < 10; i++) expect((await choose(ann, i % 2 ? 'approve' : 'reject')).ok).toBe(true)
    expect(await pending(id)).toBe(true)
  })

  it('decides in two acts, as the person it was sent to', async () => {
    const { ann, id, run_id } = await ask()
    expect(await decide(ann, 'approve', 'Fine by me')).toMatchObject({
      ok: true,
      problem: null,
      view: { state: 'decided', outcome: 'approved', by: 'ann@company.com', comment: 'Fine by me' },
    })
    const { decisions } = await getApproval({ ctx: sarah, input: { id } })
    expect(decisions).toMatchObject([{ approver: 'ann@company.com', by: { via: 'link', label: 'ann@company.com' } }])
    expect((await getRun({ ctx: sarah, input: { id: run_id, query: {} } })).status).toBe('completed')
  })

  it('tells the way to the run only to who is signed in and may read runs', async () => {
    const { ann, bob, run_id } = await ask('all')
    const runOf = async (token: string, actor: Actor | null) => {
      const view = await openApprovalLink({ ctx: app.context(actor), input: { token } })
      expect(JSON.stringify(view).includes(run_id)).toBe('run_id' in view && view.run_id === run_id)
      return 'run_id' in view ? view.run_id : view.state
    }
    const viewer = await person(app, 'viewer')
    expect(await runOf(ann, viewer)).toBe('open')
    const outcomes = [await decide(ann, 'approve'), await decide(bob, 'approve')]
    expect(outcomes).toMatchObject([{ view: { run_id: null } }, { view: { run_id: null } }])
    for (const token of [ann, bob]) {
      expect(await runOf(token, viewer)).toBe(run_id)
      const link: Actor = { kind: 'link', wait_id: 'w', approver: 'a1', email: 'ann@company.com' }
      for (const actor of [null, link, key('viewer', ['workflow:read'])]) expect(await runOf(token, actor)).toBeNull()
    }
  })

  it('is harmless when it is sent twice, and tells who was first', async () => {
    const { ann, bob, id } = await ask()
    const chosen = await choose(bob, 'reject')
    await decide(ann, 'approve')
    const again = await decide(ann, 'approve')
    expect(again).toMatchObject({ ok: false, problem: null, view: { state: 'decided', by: 'ann@company.com' } })
    const late = await decideByLink({
      ctx: nobody,
      input: { token: bob, choice: 'reject', session, nonce: chosen.ok ? chosen.nonce : '' },
    })
    expect(late).toMatchObject({ ok: false, problem: null, view: { state: 'decided', outcome: 'approved' } })
    expect((await getApproval({ ctx: sarah, input: { id } })).decisions).toHaveLength(1)
  })

  it('takes one of 20 at the same moment', async () => {
    const { ann, bob, id } = await ask()
    const chosen = [await choose(ann, 'approve'), await choose(bob, 'reject')]
    const tries = await Promise.all(
      Array.from({ length: 20 }, (_, i) => {
        const first = chosen[i % 2]
        const nonce = first?.ok ? first.nonce : ''
        const token = i % 2 ? bob : ann
        return decideByLink({ ctx: nobody, input: { token, choice: i % 2 ? 'reject' : 'approve', session, nonce } })
      }),
    )
    expect(tries.filter((t) => t.ok)).toHaveLength(1)
    expect(tries.every((t) => t.view.state === 'decided')).toBe(true)
    expect((await getApproval({ ctx: sarah, input: { id } })).decisions).toHaveLength(1)
  })

  it('is confirmed only in the browser that chose, for that choice and link, within half an hour', async () => {
    const { ann, bob, id } = await ask('all')
    const chosen = await choose(ann, 'approve')
    const nonce = chosen.ok ? chosen.nonce : ''
    const attempt = (more: object) =>
      decideByLink({ ctx: nobody, input: { token: ann, choice: 'approve', session, nonce, ...more } })
    for (const more of [
      { session: 'another browser altogether' },
      { choice: 'reject' },
      { token: bob },
      { nonce: '' },
      { nonce: 'x.y' },
      { nonce: `9${nonce}` },
      { nonce: `${nonce}x` },
    ]) {
      expect([more, (await attempt(more)).ok]).toEqual([more, false])
    }
    app.clock.pass(31 * MINUTE)
    expect(await attempt({})).toMatchObject({ ok: false, problem: expect.stringContaining('Choose again') })
    expect(await pending(id)).toBe(true)
  })

  it('takes no token that is tampered with', async () => {
    const { ann, id } = await ask()
    const other = await ask()
    const [wait = '', place = '', generation = '', mac = ''] = ann.split('.')
    const last = mac.at(-1) === 'A' ? 'B' : 'A'
    for (const token of [
      '',
      'x',
      '.',
      '...',
      `${wait}.a2.${generation}.${mac}`,
      `${wait}.${place}.2.${mac}`,
      `${wait}.${place}.01.${mac}`,
      `${other.id}.${place}.${generation}.${mac}`,
      `${wait}.p.${generation}.${mac}`,
      `${wait.toUpperCase()}.${place}.${generation}.${mac}`,
      `${wait}.${place}.${generation}.${mac.slice(0, -1)}${last}`,
      `${wait}.${place}.${generation}.${mac}=`,
      `${ann}.x`,
      ` ${ann}`,
      'wait_00000000000000000000000000.a1.1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
      "' or 1=1 --",
    ]) {
      expect([token, await open(token)]).toEqual([token, { state: 'invalid' }])
      expect((await decide(token, 'approve')).ok).toBe(false)
    }
    expect(await pending(id)).toBe(true)
  })

  it('explains a decision that is still to be completed by others', async () => {
    const { ann, bob } = await ask('all')
    await decide(ann, 'approve', 'Good')
    expect(await open(ann)).toMatchObject({
      state: 'decided',
      outcome: 'pending',
      by: 'ann@company.com',
      comment: 'Good',
    })
    expect(await open(bob)).toMatchObject({ state: 'open', decisions: [{ approver: 'ann@company.com' }] })
  })

  it('says whose turn it is where the order counts', async () => {
    const { bob, id } = await ask('sequential')
    expect(await open(bob)).toMatchObject({ state: 'not_your_turn', waiting_for: 'ann@company.com' })
    expect((await decide(bob, 'approve')).ok).toBe(false)
    expect(await pending(id)).toBe(true)
  })

  it('explains that the place was given away, that the run was canceled, that the time ran out', async () => {
    const moved = await ask('all')
    await reassignApproval({
      ctx: bot,
      input: { id: moved.id, body: { from: 'ann@company.com', to: 'eve@company.com' } },
    })
    expect(await open(moved.ann)).toMatchObject({ state: 'reassigned' })
    expect((await decide(moved.ann, 'approve')).ok).toBe(false)
    expect(await open(moved.link('a3'))).toMatchObject({ state: 'open', approver: 'eve@company.com' })

    const gone = await ask()
    await cancelRun({ ctx: sarah, input: { id: gone.run_id, body: {} } })
    expect(await open(gone.ann)).toMatchObject({ state: 'canceled' })

    const late = await ask()
    await app.database.db.update(waits).set({ outcome: 'expired', closedAt: new Date() }).where(eq(waits.id, late.id))
    expect(await open(late.ann)).toMatchObject({ state: 'expired', at: expect.any(String) })
  })

  it('sends back with what should be changed, where the step offers that', async () => {
    const { ann, run_id } = await ask('any', '    on_revise: {to: draft}\n')
    expect(await choose(ann, 'revise')).toMatchObject({
      ok: false,
      problem: expect.stringContaining('what should be changed'),
    })
    const chosen = await choose(ann, 'revise', 'Shorter')
    const nonce = chosen.ok ? chosen.nonce : ''
    const done = await decideByLink({
      ctx: nobody,
      input: { token: ann, choice: 'revise', comment: 'Shorter', session, nonce },
    })
    expect(done).toMatchObject({ ok: true, view: { state: 'decided', outcome: 'revised', comment: 'Shorter' } })
    expect((await getRun({ ctx: sarah, input: { id: run_id, query: {} } })).current_step).toBe('draft')
  })

  it('offers no choice that the step does not have', async () => {
    const { ann, id } = await ask()
    expect(await choose(ann, 'revise', 'x')).toMatchObject({
      ok: false,
      problem: expect.stringContaining('not offered'),
    })
    expect(await pending(id)).toBe(true)
  })

  it('is not for the one who asked', async () => {
    const run = await begin(sarah, approvalOf('any').replace('ann@company.com', 'sarah@company.com'))
    const body = { resume_token: run.resume_token ?? '', inputs: { text: 'Mine' } }
    await resumeRun({ ctx: sarah, input: { id: run.run_id, body } })
    const { waiting } = await getRun({ ctx: bot, input: { id: run.run_id, query: {} } })
    const id = waiting?.wait_id ?? ''
    const [row] = await app.database.db.select().from(waits).where(eq(waits.id, id))
    if (row?.wait.kind !== 'approval') throw new Error('no approval')
    const own = approvalLinkToken(app.keys, id, row.wait, 'a1')
    expect(await open(own)).toMatchObject({ state: 'open', choices: [] })
    expect(await choose(own, 'approve')).toMatchObject({
      ok: false,
      problem: expect.stringContaining('You started this run'),
    })
    expect((await decide(own, 'approve')).ok).toBe(false)
    expect(await pending(id)).toBe(true)
  })

  it('asks for the code of the mail where the step does', async () => {
    const { ann, id, wait } = await ask('any', '    confirm: code\n')
    expect(await open(ann)).toMatchObject({ confirm: 'code' })
    const code = confirmationCode(app.keys, id, wait, 'a1')
    const wrong = code === '000000' ? '000001' : '000000'
    for (const given of [undefined, '٠١٢٣٤٥', wrong, confirmationCode(app.keys, id, wait, 'a2')]) {
      expect(await decide(ann, 'approve', '', given === undefined ? {} : { code: given })).toMatchObject({ ok: false })
    }
    expect(await pending(id)).toBe(true)
    const spaced = `${code.slice(0, 3)} ${code.slice(3)}`
    expect(await decide(ann, 'approve', '', { code: spaced })).toMatchObject({ ok: true })
  })

  it('takes no more guesses of the code after a handful', async () => {
    const { ann, id, wait } = await ask('any', '    confirm: code\n')
    const code = confirmationCode(app.keys, id, wait, 'a1')
    const wrong = code === '000000' ? '000001' : '000000'
    for (let i = 0; i < 5; i++) await decide(ann, 'approve', '', { code: wrong })
    expect(await decide(ann, 'approve', '', { code })).toMatchObject({
      ok: false,
      problem: expect.stringContaining('Too many'),
    })
    expect(await pending(id)).toBe(true)
  })

  it('leaves the decision to the inbox where the step asks for a sign-in', async () => {
    const { ann, id } = await ask('any', '    confirm: login\n')
    expect(await choose(ann, 'approve')).toMatchObject({ ok: false, problem: expect.stringContaining('signing in') })
    expect((await decide(ann, 'approve')).ok).toBe(false)
    expect(await pending(id)).toBe(true)
  })
})
