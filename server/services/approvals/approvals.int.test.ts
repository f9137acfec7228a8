import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { auditLog } from '#drizzle/schema/index.ts'
import type { Actor } from '#server/engine/port.ts'
import { type TestApp, testApp } from '#server/testing/app.ts'
import type { ServiceContext } from '../context.ts'
import { cancelRun } from '../runs/cancel.ts'
import { getRun } from '../runs/get.ts'
import { getRunHistory } from '../runs/history.ts'
import { resumeRun } from '../runs/resume.ts'
import { approvalOf, begin, key, person, refusal } from '../testing.ts'
import { decideInBulk } from './bulk.ts'
import { countInbox } from './counts.ts'
import { decideApproval } from './decide.ts'
import { getApproval } from './get.ts'
import { listApprovals } from './list.ts'
import { reassignApproval } from './reassign.ts'

let app: TestApp
let sarah: ServiceContext
let ann: ServiceContext
let bob: ServiceContext
let admin: ServiceContext
let bot: ServiceContext

beforeAll(async () => {
  app = await testApp({ LOG_LEVEL: 'silent' })
  sarah = app.context(await person(app, 'editor', 'sarah@company.com'))
  ann = app.context(await person(app, 'approver', 'ann@company.com'))
  bob = app.context(await person(app, 'approver', 'bob@company.com'))
  admin = app.context(await person(app, 'admin', 'admin@company.com'))
  bot = app.context(key('admin'))
})
afterAll(() => app.drop())

/** A run that waits at its approval; `id` is the approval's. */
async function ask(policy = 'any', more = '', by = sarah) {
  const run = await begin(by, approvalOf(policy) + more)
  const body = { resume_token: run.resume_token ?? '', inputs: { text: 'A post about durable runs' } }
  await resumeRun({ ctx: by, input: { id: run.run_id, body } })
  const waiting = await getRun({ ctx: bot, input: { id: run.run_id, query: {} } })
  return { run: waiting, run_id: run.run_id, id: waiting.waiting?.wait_id ?? '' }
}
const decide = (ctx: ServiceContext, id: string, decision: 'approve' | 'reject' | 'revise', body: object = {}) =>
  decideApproval({ ctx, input: { id, decision, body } })
const statusOf = async (run_id: string) => (await getRun({ ctx: bot, input: { id: run_id, query: {} } })).status

describe('an approval', () => {
  it('shows exactly what is approved, who made it, and who is asked', async () => {
    const { id, run_id } = await ask('all')
    const approval = await getApproval({ ctx: ann, input: { id } })
    expect(approval).toMatchObject({
      id,
      run_id,
      step_id: 'review',
      status: 'pending',
      requested_by: 'sarah@company.com',
      message: 'Please look at the tone.',
      show: { text: 'A post about durable runs' },
      provenance: { text: 'person' },
      quorum: { policy: 'all', needed: 2, approved: 0, rejected: 0, total: 2 },
      mine: true,
      choices: ['approve', 'reject'],
      decided: null,
    })
    expect(approval.approvers).toEqual([
      { email: 'ann@company.com', decided: null, awaited: true },
      { email: 'bob@company.com', decided: null, awaited: true },
    ])
    const seen = await getApproval({ ctx: sarah, input: { id } })
    expect([seen.mine, seen.choices]).toEqual([false, []])
  })

  it('is decided by an approver, who stands in the history with the comment', async () => {
    const { id, run_id } = await ask()
    expect(await decide(ann, id, 'approve', { comment: 'Fine by me' })).toMatchObject({
      id,
      run_id,
      status: 'approved',
    })
    expect(await statusOf(run_id)).toBe('completed')
    const { steps } = await getRunHistory({ ctx: sarah, input: { id: run_id } })
    expect(steps.at(-1)).toMatchObject({
      step_id: 'review',
      output: { approved: true, decided_by: 'ann@company.com', comment: 'Fine by me' },
      decisions: [{ approver: 'ann@company.com', decision: 'approve', comment: 'Fine by me', by: { via: 'app' } }],
    })
  })

  it('fails the run with the reason when it is rejected', async () => {
    const { id, run_id } = await ask()
    await decide(bob, id, 'reject', { comment: 'Not our tone' })
    const run = await getRun({ ctx: bot, input: { id: run_id, query: {} } })
    expect(run.error).toMatchObject({ code: 'approval.rejected', message: expect.stringContaining('Not our tone') })
  })

  it('tells who comes too late who decided and when', async () => {
    const { id } = await ask()
    await decide(ann, id, 'approve')
    const error = await refusal(decide(bob, id, 'reject'))
    expect([error.code, error.extra]).toEqual([
      'resume.already_decided',
      { decided: { outcome: 'approved', by: 'ann@company.com', at: expect.any(String) } },
    ])
  })

  it('takes one of 20 opposite decisions at the same moment', async () => {
    const { id, run_id } = await ask()
    const tries = await Promise.allSettled(
      Array.from({ length: 20 }, (_, i) =>
        decide(i % 2 ? ann : bob, id, i % 2 ? 'approve' : 'reject', { comment: `${i}` }),
      ),
    )
    expect(tries.filter((t) => t.status === 'fulfilled')).toHaveLength(1)
    for (const t of tries)
      if (t.status === 'rejected') expect(t.reason).toMatchObject({ code: 'resume.already_decided' })
    const { steps } = await getRunHistory({ ctx: sarah, input: { id: run_id } })
    expect(steps.at(-1)?.decisions).toHaveLength(1)
  })

  it('waits for everyone where all are asked, and counts', async () => {
    const { id, run_id } = await ask('all')
    expect(await decide(ann, id, 'approve')).toMatchObject({ status: 'pending', quorum: { approved: 1, needed: 2 } })
    expect((await refusal(decide(ann, id, 'approve'))).code).toBe('resume.already_decided')
    expect(await statusOf(run_id)).toBe('waiting')
    expect(await decide(bob, id, 'approve')).toMatchObject({ status: 'approved' })
  })

  it('keeps the order where the order counts', async () => {
    const { id } = await ask('sequential')
    expect((await refusal(decide(bob, id, 'approve'))).code).toBe('approval.not_allowed')
    await decide(ann, id, 'approve')
    expect(await decide(bob, id, 'approve')).toMatchObject({ status: 'approved' })
  })

  it('is not for others, whatever their role, nor in another’s place', async () => {
    const { id } = await ask()
    expect((await refusal(decide(admin, id, 'approve'))).code).toBe('approval.not_allowed')
    expect((await refusal(decide(sarah, id, 'approve'))).code).toBe('approval.not_allowed')
    expect((await refusal(decide(ann, id, 'approve', { approver: 'bob@company.com' }))).code).toBe(
      'approval.not_allowed',
    )
    const viewer = app.context(await person(app, 'viewer'))
    expect((await refusal(decide(viewer, id, 'approve'))).code).toBe('auth.forbidden')
    expect((await refusal(decide(app.context(null), id, 'approve'))).code).toBe('auth.required')
    expect((await getApproval({ ctx: ann, input: { id } })).status).toBe('pending')
  })

  it('is not for the one who asked, unless the author allows that', async () => {
    const own = await ask(
      'any',
      '',
      app.context({
        ...(sarah.actor as Actor & { kind: 'user' }),
        email: 'ann@company.com',
        id: (ann.actor as Actor & { kind: 'user' }).id,
      }),
    )
    expect((await refusal(decide(ann, own.id, 'approve'))).message).toContain('You started this run')
    expect((await getApproval({ ctx: ann, input: { id: own.id } })).mine).toBe(false)
  })

  it('offers a revision only where the step does, and wants to know what to change', async () => {
    const { id } = await ask()
    expect((await refusal(decide(ann, id, 'revise', { comment: 'Shorter' }))).code).toBe('request.invalid')
    const revisable = await ask('any', '    on_revise: {to: draft, max: 1}\n')
    expect((await getApproval({ ctx: ann, input: { id: revisable.id } })).choices).toContain('revise')
    expect((await refusal(decide(ann, revisable.id, 'revise'))).errors[0]?.path).toBe('comment')
    expect(await decide(ann, revisable.id, 'revise', { comment: 'Shorter' })).toMatchObject({ status: 'revised' })
    const run = await getRun({ ctx: bot, input: { id: revisable.run_id, query: {} } })
    expect(run.current_step).toBe('draft')
    const body = { resume_token: run.resume_token ?? '', inputs: { text: 'Shorter' } }
    await resumeRun({ ctx: sarah, input: { id: run.run_id, body } })
    const again = await getRun({ ctx: bot, input: { id: run.run_id, query: {} } })
    expect((await getApproval({ ctx: ann, input: { id: again.waiting?.wait_id ?? '' } })).choices).not.toContain(
      'revise',
    )
  })

  it('answers nothing once the run is canceled', async () => {
    const { id, run_id } = await ask()
    await cancelRun({ ctx: sarah, input: { id: run_id, body: {} } })
    expect((await refusal(decide(ann, id, 'approve'))).code).toBe('run.wrong_state')
    expect((await getApproval({ ctx: ann, input: { id } })).status).toBe('canceled')
  })

  it.each(['wait_00000000000000000000000000', 'nonsense', 'run_1'])('is not there at the id %j', async (id) => {
    expect((await refusal(getApproval({ ctx: ann, input: { id } }))).code).toBe('approval.not_found')
    expect((await refusal(decide(ann, id, 'approve'))).code).toBe('approval.not_found')
    expect((await refusal(reassignApproval({ ctx: admin, input: { id, body: { to: 'x@y.zz' } } }))).code).toBe(
      'approval.not_found',
    )
  })

  it('is no form', async () => {
    const run = await begin(sarah, approvalOf('any'))
    expect((await refusal(getApproval({ ctx: ann, input: { id: run.waiting?.wait_id ?? '' } }))).code).toBe(
      'approval.not_found',
    )
  })
})

describe('a key', () => {
  it('decides on behalf of an approver, and stays named as the key', async () => {
    const { id, run_id } = await ask('all')
    await decide(bot, id, 'approve', { comment: 'checked', approver: 'bob@company.com' })
    const { decisions } = await getApproval({ ctx: ann, input: { id } })
    expect(decisions).toMatchObject([{ approver: 'bob@company.com', by: { via: 'key', label: 'API key admin-bot' } }])
    const audit = await app.database.db.select().from(auditLog)
    expect(audit.find((row) => row.target === id)).toMatchObject({
      action: 'approval.approve',
      actor: { kind: 'apiKey' },
    })
    expect(await statusOf(run_id)).toBe('waiting')
  })

  it('has to say on whose behalf where several are asked', async () => {
    const { id } = await ask('all')
    expect((await refusal(decide(bot, id, 'approve'))).code).toBe('approval.approver_needed')
    expect((await refusal(decide(bot, id, 'approve', { approver: 'nobody@company.com' }))).code).toBe(
      'approval.not_allowed',
    )
  })

  it('needs the scope, unless it is an admin’s', async () => {
    const { id, run } = await ask()
    const editor = app.context(key('editor'))
    expect((await refusal(decide(editor, id, 'approve'))).code).toBe('auth.forbidden')
    const body = { resume_token: run.resume_token ?? '', approvals: [{ step_id: 'review', approved: true }] }
    expect((await refusal(resumeRun({ ctx: editor, input: { id: run.run_id, body } }))).code).toBe('auth.forbidden')
    expect(await decide(app.context(key('editor', ['approvals:decide'])), id, 'approve')).toMatchObject({
      status: 'approved',
    })
  })
})

describe('deciding by resume', () => {
  const resume = (run: { run_id: string; resume_token: string | null }, approvals: object[], ctx = bot) =>
    resumeRun({
      ctx,
      input: {
        id: run.run_id,
        body: {
          resume_token: run.resume_token ?? '',
          approvals: approvals.map((entry) => ({ step_id: 'review', approved: true, ...entry })),
        },
      },
    })

  it('works with the token alone where one decision settles it', async () => {
    const { run } = await ask()
    expect(await resume(run, [{ comment: 'Fine by me' }])).toEqual({ run_id: run.run_id, status: 'completed' })
  })

  it('gives one of several at once 200 and tells the others', async () => {
    const { run } = await ask()
    const tries = await Promise.allSettled(Array.from({ length: 10 }, () => resume(run, [{}])))
    expect(tries.filter((t) => t.status === 'fulfilled')).toHaveLength(1)
    for (const t of tries)
      if (t.status === 'rejected') expect(t.reason).toMatchObject({ code: 'resume.already_decided' })
  })

  it('takes several decisions, or none of them', async () => {
    const { run, id } = await ask('all')
    const twice = [{ approver: 'ann@company.com' }, { approver: 'ann@company.com' }]
    expect((await refusal(resume(run, twice))).code).toBe('request.invalid')
    const tooMany = [{ approver: 'ann@company.com', approved: false }, { approver: 'bob@company.com' }]
    expect((await refusal(resume(run, tooMany))).code).toBe('request.invalid')
    expect((await getApproval({ ctx: ann, input: { id } })).decisions).toEqual([])
    expect(await resume(run, [{ approver: 'ann@company.com' }, { approver: 'bob@company.com' }])).toMatchObject({
      status: 'completed',
    })
  })

  it('is for the step the token names', async () => {
    const { run } = await ask()
    expect((await refusal(resume(run, [{ step_id: 'draft' }]))).errors[0]?.path).toBe('approvals[0].step_id')
  })
})

describe('the inbox', () => {
  it('has what waits for me now, and counts it', async () => {
    const carl = app.context(await person(app, 'approver', 'carl@company.com'))
    const dora = app.context(await person(app, 'approver', 'dora@company.com'))
    const text = (policy: string) =>
      approvalOf(policy).replace('ann@company.com', 'carl@company.com').replace('bob@company.com', 'dora@company.com')
    const open = async (policy: string) => {
      const run = await begin(sarah, text(policy))
      const body = { resume_token: run.resume_token ?? '', inputs: { text: 'x' } }
      await resumeRun({ ctx: sarah, input: { id: run.run_id, body } })
      return (await getRun({ ctx: bot, input: { id: run.run_id, query: {} } })).waiting?.wait_id ?? ''
    }
    const any = await open('any')
    const all = await open('all')
    const inOrder = await open('sequential')
    const mine = async (ctx: ServiceContext, status: 'pending' | 'decided' = 'pending') =>
      (await listApprovals({ ctx, input: { scope: 'mine', status } })).approvals.map((a) => a.id)
    expect(await mine(carl)).toEqual([inOrder, all, any])
    expect(await mine(dora)).toEqual([all, any])
    expect((await countInbox({ ctx: dora })).mine).toBe(2)
    expect((await countInbox({ ctx: sarah })).mine).toBe(0)
    await decide(carl, all, 'approve')
    await decide(carl, inOrder, 'approve')
    expect(await mine(carl)).toEqual([any])
    expect(await mine(dora)).toEqual([inOrder, all, any])
    await decide(dora, any, 'reject')
    expect(await mine(carl)).toEqual([])
    expect(await mine(carl, 'decided')).toEqual([any])
    expect(await mine(bot)).toEqual([])
  })

  it('sorts by priority, and pages', async () => {
    const ids = []
    for (const priority of ['low', 'high', 'normal', 'high'])
      ids.push((await ask('any', `    priority: ${priority}\n`)).id)
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const list = await listApprovals({
        ctx: ann,
        input: { status: 'pending', sort: 'priority', limit: 3, ...(cursor ? { cursor } : {}) },
      })
      seen.push(...list.approvals.map((a) => a.id))
      cursor = list.next_cursor ?? undefined
    } while (cursor)
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen.slice(0, 2)).toEqual([ids[3], ids[1]])
    expect(seen.indexOf(ids[2] ?? '')).toBeLessThan(seen.indexOf(ids[0] ?? ''))
  })

  it('filters by what became of it', async () => {
    const { id } = await ask()
    await decide(ann, id, 'approve')
    const find = async (status: 'approved' | 'rejected' | 'decided' | 'pending') =>
      (await listApprovals({ ctx: sarah, input: { status, limit: 100 } })).approvals.map((a) => a.id)
    expect(await find('approved')).toContain(id)
    expect(await find('decided')).toContain(id)
    expect(await find('rejected')).not.toContain(id)
    expect(await find('pending')).not.toContain(id)
  })

  it('decides several at once, each for itself', async () => {
    const [a, b] = [await ask(), await ask()]
    await decide(bob, b.id, 'reject')
    const { results } = await decideInBulk({
      ctx: ann,
      input: { ids: [a.id, b.id, 'nonsense', a.id], decision: 'approve' },
    })
    expect(results).toMatchObject([
      { id: a.id, ok: true, status: 'approved' },
      { id: b.id, ok: false, code: 'resume.already_decided' },
      { id: 'nonsense', ok: false, code: 'approval.not_found' },
    ])
  })
})

describe('handing over', () => {
  it('gives one’s own place to somebody else, who is then asked', async () => {
    const { id } = await ask('all')
    const eve = app.context(await person(app, 'approver', 'eve@company.com'))
    const after = await reassignApproval({ ctx: ann, input: { id, body: { to: 'Eve@company.com' } } })
    expect(after.approvers.map((a) => a.email)).toEqual(['eve@company.com', 'bob@company.com'])
    expect((await refusal(decide(ann, id, 'approve'))).code).toBe('approval.not_allowed')
    expect(
      (await listApprovals({ ctx: eve, input: { scope: 'mine', status: 'pending' } })).approvals.map((a) => a.id),
    ).toEqual([id])
    expect(await decide(eve, id, 'approve')).toMatchObject({ status: 'pending' })
  })

  it('of another’s place is for those who may', async () => {
    const { id } = await ask('all')
    const move = (ctx: ServiceContext, body: { to: string; from?: string }) =>
      reassignApproval({ ctx, input: { id, body } })
    expect((await refusal(move(ann, { from: 'bob@company.com', to: 'x@company.com' }))).code).toBe('auth.forbidden')
    expect((await refusal(move(sarah, { to: 'x@company.com' }))).code).toBe('approval.not_allowed')
    expect((await refusal(move(bot, { to: 'x@company.com' }))).code).toBe('approval.approver_needed')
    expect((await refusal(move(admin, { from: 'bob@company.com', to: 'ann@company.com' }))).errors[0]?.path).toBe('to')
    const { approvers } = await move(admin, { from: 'bob@company.com', to: 'x@company.com' })
    expect(approvers.map((a) => a.email)).toEqual(['ann@company.com', 'x@company.com'])
  })
})
