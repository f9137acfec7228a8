import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ApprovalListQuery } from '#lib/contracts/approvals.ts'
import { HOUR } from '#lib/time.ts'
import { type TestApp, testApp } from '#server/testing/app.ts'
import type { ServiceContext } from '../context.ts'
import { getRun } from '../runs/get.ts'
import { getRunHistory } from '../runs/history.ts'
import { resumeRun } from '../runs/resume.ts'
import { approvalOf, begin, key, person, refusal } from '../testing.ts'
import { decideApproval } from './decide.ts'
import { facetsOfApprovals } from './facets.ts'
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
  bob = app.context(await person(app, 'editor', 'bob@company.com'))
  admin = app.context(await person(app, 'admin', 'admin@company.com'))
  bot = app.context(key('admin'))
})
afterAll(() => app.drop())

/** An approval that is open; `more` are further keys of its step. */
async function ask({ more = '', by = sarah, name = 'Review', policy = 'any' } = {}) {
  const run = await begin(by, approvalOf(policy).replace('name: Review', `name: ${name}`) + more)
  return answer(run.run_id, 'The first draft')
}

/** Fills in the form a run waits at, and answers the approval that follows. */
async function answer(run_id: string, text: string) {
  const { resume_token, workflow_id } = await getRun({ ctx: bot, input: { id: run_id, query: {} } })
  await resumeRun({ ctx: bot, input: { id: run_id, body: { resume_token: resume_token ?? '', inputs: { text } } } })
  const { waiting } = await getRun({ ctx: bot, input: { id: run_id, query: {} } })
  return { id: waiting?.wait_id ?? '', run_id, workflow_id }
}

const ids = async (query: Partial<ApprovalListQuery>) => {
  const found: string[] = []
  let cursor: string | undefined
  do {
    const list = await listApprovals({ ctx: ann, input: { limit: 2, ...query, ...(cursor ? { cursor } : {}) } })
    found.push(...list.approvals.map((approval) => approval.id))
    cursor = list.next_cursor ?? undefined
  } while (cursor)
  return found
}

describe('the list of approvals', () => {
  it('is narrowed down by workflow, priority, requester and time limit', async () => {
    const plain = await ask()
    const urgent = await ask({ more: '    priority: high\n    timeout: 2h\n' })
    const bobs = await ask({ by: bob, more: '    timeout: 6d\n' })
    const open = { status: 'pending' } as const
    expect(await ids({ ...open, workflow_id: urgent.workflow_id })).toEqual([urgent.id])
    expect(await ids({ ...open, priority: 'high' })).toEqual([urgent.id])
    expect(await ids({ ...open, requested_by: 'BOB@company.com' })).toEqual([bobs.id])
    expect(await ids({ ...open, due: 'day' })).toEqual([urgent.id])
    expect(await ids({ ...open, due: 'week' })).toEqual([bobs.id, urgent.id])
    expect(await ids({ ...open, due: 'none' })).toEqual([plain.id])
    expect(await ids({ ...open, due: 'overdue' })).toEqual([])
    expect(await ids({ ...open, due: 'week', requested_by: 'sarah@company.com' })).toEqual([urgent.id])
    app.clock.pass(3 * HOUR)
    expect(await ids({ ...open, due: 'overdue' })).toEqual([urgent.id])
    for (const { id } of [plain, urgent, bobs])
      await decideApproval({ ctx: ann, input: { id, decision: 'approve', body: {} } })
  })

  it('begins with what ends first and ends with what has no time limit, page by page', async () => {
    const made = []
    for (const limit of ['', '30h', '2h', '', '9h'])
      made.push((await ask({ more: limit && `    timeout: ${limit}\n` })).id)
    expect(await ids({ status: 'pending', sort: 'due' })).toEqual([made[2], made[4], made[1], made[3], made[0]])
  })

  it('tells of decisions with the latest first', async () => {
    const [first, second, third] = [await ask(), await ask(), await ask()]
    for (const { id } of [second, third, first]) {
      app.clock.pass(1_000)
      await decideApproval({ ctx: ann, input: { id, decision: 'approve', body: {} } })
    }
    expect((await ids({ status: 'decided', sort: 'decided' })).slice(0, 3)).toEqual([first.id, third.id, second.id])
  })

  it('keeps one order, page by page, among those of the same instant; open ones come after the decided', async () => {
    const made: string[] = []
    for (let i = 0; i < 5; i += 1) made.push((await ask({ more: '    timeout: 2h\n' })).id)
    for (const at of [3, 0, 1])
      await decideApproval({ ctx: ann, input: { id: made[at] ?? '', decision: 'approve', body: {} } })
    const placesOf = (found: readonly string[]) => found.map((id) => made.indexOf(id)).filter((at) => at >= 0)
    expect(placesOf(await ids({ sort: 'due' }))).toEqual([4, 3, 2, 1, 0])
    expect(placesOf(await ids({ sort: 'decided' }))).toEqual([3, 1, 0, 4, 2])
  })

  it('says what it can be narrowed down to, within what waits for the reader', async () => {
    const { workflow_id } = await ask({ by: bob, name: 'Facets' })
    const all = await facetsOfApprovals({ ctx: ann, input: { status: 'pending', scope: 'mine' } })
    expect(all.workflows).toContainEqual({ id: workflow_id, name: 'Facets', count: 1 })
    expect(all.requesters).toContainEqual({ name: 'bob@company.com', count: 1 })
    expect(await facetsOfApprovals({ ctx: admin, input: { status: 'pending', scope: 'mine' } })).toEqual({
      workflows: [],
      requesters: [],
    })
    expect((await refusal(facetsOfApprovals({ ctx: app.context(null), input: {} }))).code).toBe('auth.required')
  })
})

describe('an approval that came back', () => {
  it('brings along what was shown before, and who wanted it changed', async () => {
    const first = await ask({ more: '    on_revise: {to: draft, max: 2}\n' })
    expect((await getApproval({ ctx: ann, input: { id: first.id } })).previous).toBeNull()
    await decideApproval({ ctx: ann, input: { id: first.id, decision: 'revise', body: { comment: 'Shorter' } } })
    const second = await answer(first.run_id, 'The second draft')
    expect((await getApproval({ ctx: ann, input: { id: second.id } })).previous).toMatchObject({
      show: { text: 'The first draft' },
      outcome: 'revised',
      decisions: [{ approver: 'ann@company.com', decision: 'revise', comment: 'Shorter' }],
    })
  })

  it('is not compared with another run', async () => {
    const one = await ask()
    await decideApproval({ ctx: ann, input: { id: one.id, decision: 'approve', body: {} } })
    expect((await getApproval({ ctx: ann, input: { id: (await ask()).id } })).previous).toBeNull()
  })
})

describe('what an approval tells before anybody decides', () => {
  it('is what each choice leads to, and what silence does; nothing once it is decided', async () => {
    const { id } = await ask({ more: '    timeout: 2h\n' })
    const open = await getApproval({ ctx: sarah, input: { id } })
    expect(open.choices).toEqual([])
    expect(open.consequences).toEqual({
      approve: 'The run ends as completed.',
      reject: 'The run ends as failed, with your comment as the reason.',
    })
    expect(open.silence).toBe('If nobody decides by then, it counts as rejected.')
    await decideApproval({ ctx: ann, input: { id, decision: 'approve', body: {} } })
    const closed = await getApproval({ ctx: sarah, input: { id } })
    expect([closed.consequences, closed.silence, closed.reassignable]).toEqual([{}, null, []])
  })

  it('is whose place the reader may give away: their own, any for an admin, none for others', async () => {
    const { id } = await ask({ policy: 'all' })
    const places = async (ctx: ServiceContext) => (await getApproval({ ctx, input: { id } })).reassignable
    expect(await places(ann)).toEqual(['ann@company.com'])
    expect(await places(admin)).toEqual(['ann@company.com', 'bob@company.com'])
    expect(await places(sarah)).toEqual([])
    await decideApproval({ ctx: ann, input: { id, decision: 'approve', body: {} } })
    expect(await places(ann)).toEqual([])
    expect(await places(admin)).toEqual(['bob@company.com'])
  })

  it('keeps in the history why a place was given away', async () => {
    const { id, run_id } = await ask()
    await reassignApproval({
      ctx: ann,
      input: { id, body: { to: 'eve@company.com', comment: ' On leave until May ' } },
    })
    const { events } = await getRunHistory({ ctx: sarah, input: { id: run_id } })
    expect(events.find((event) => event.type === 'wait.reassigned')?.data).toMatchObject({
      from: 'ann@company.com',
      to: 'eve@company.com',
      comment: 'On leave until May',
    })
  })
})
