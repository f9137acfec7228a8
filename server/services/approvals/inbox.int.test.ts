import { beforeAll, describe, expect, it } from 'vitest'
import type { ServiceContext } from '../context.ts'
import { getRun } from '../runs/get.ts'
import { resumeRun } from '../runs/resume.ts'
import { approvalOf, begin, person, refusal } from '../testing.ts'
import { decideInBulk } from './bulk.ts'
import { countInbox } from './counts.ts'
import { listApprovals } from './list.ts'
import { reassignApproval } from './reassign.ts'
import { type ApprovalBench, approvalBench, decide } from './testing.ts'

const bench = approvalBench()
let app: ApprovalBench['app']
let sarah: ApprovalBench['sarah']
let ann: ApprovalBench['ann']
let bob: ApprovalBench['bob']
let admin: ApprovalBench['admin']
let bot: ApprovalBench['bot']
let ask: ApprovalBench['ask']
beforeAll(() => {
  ;({ app, sarah, ann, bob, admin, bot, ask } = bench())
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
