import { beforeAll, describe, expect, it } from 'vitest'
import { auditLog } from '#drizzle/schema/index.ts'
import { resumeRun } from '../runs/resume.ts'
import { key, refusal } from '../testing.ts'
import { getApproval } from './get.ts'
import { type ApprovalBench, approvalBench, decide } from './testing.ts'

const bench = approvalBench()
let app: ApprovalBench['app']
let ann: ApprovalBench['ann']
let bot: ApprovalBench['bot']
let ask: ApprovalBench['ask']
let statusOf: ApprovalBench['statusOf']
beforeAll(() => {
  ;({ app, ann, bot, ask, statusOf } = bench())
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
