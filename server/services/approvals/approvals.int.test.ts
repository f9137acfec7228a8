import { beforeAll, describe, expect, it } from 'vitest'
import { cancelRun } from '../runs/cancel.ts'
import { getRun } from '../runs/get.ts'
import { getRunHistory } from '../runs/history.ts'
import { resumeRun } from '../runs/resume.ts'
import { approvalOf, begin, person, refusal } from '../testing.ts'
import { getApproval } from './get.ts'
import { reassignApproval } from './reassign.ts'
import { type ApprovalBench, actorOf, approvalBench, decide } from './testing.ts'

const bench = approvalBench()
let app: ApprovalBench['app']
let sarah: ApprovalBench['sarah']
let ann: ApprovalBench['ann']
let bob: ApprovalBench['bob']
let admin: ApprovalBench['admin']
let bot: ApprovalBench['bot']
let ask: ApprovalBench['ask']
let statusOf: ApprovalBench['statusOf']
beforeAll(() => {
  ;({ app, sarah, ann, bob, admin, bot, ask, statusOf } = bench())
})

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
        ...actorOf(sarah),
        email: 'ann@company.com',
        id: actorOf(ann).id,
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
