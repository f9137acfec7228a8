import { expect, it } from 'vitest'
import { workflow } from '#lib/workflow/testkit.ts'
import { type Actions, asKey, by, done, type Harness, MINUTE, review } from './kit.ts'

/** Forms, approvals, and the timers that belong to them. */
export function peopleConformance(h: () => Harness, act: () => Actions): void {
  it('waits for a form and takes one submission', async () => {
    h().script = async ({ scope }) => done({ got: scope.roots.runtime?.topic ?? null })
    const run_id = await act().start(
      workflow([
        { id: 'ask', type: 'ask', config: { assignee: 'sarah@company.com' } },
        { id: 'two', type: 'call' },
      ]),
    )
    await h().settle()
    expect(await h().mails(run_id)).toEqual(['form_request sarah@company.com'])
    const wait_id = await act().waitOf(run_id)
    const answers = await Promise.all(Array.from({ length: 5 }, () => act().submit(run_id, { topic: 'AI' }, wait_id)))
    expect(answers.filter((a) => a.ok)).toHaveLength(1)
    expect(answers.filter((a) => !a.ok && a.reason === 'decided')).toHaveLength(4)
    await h().settle()
    expect((await act().seen(run_id)).status).toBe('completed')
    expect(await h().outputs(run_id)).toEqual({ ask: { topic: 'AI' }, two: { got: 'AI' } })
  })

  it('records one decision when many arrive at once, and tells the others who decided', async () => {
    h().script = async () => done()
    const run_id = await act().start(
      workflow([
        review({ policy: 'any', approvers: [{ email: 'a@x.com' }, { email: 'b@x.com' }] }),
        { id: 'two', type: 'call' },
      ]),
    )
    const wait_id = await act().waitOf(run_id)
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        act().decide(run_id, i % 2 ? 'approve' : 'reject', { wait_id, approver: i % 3 ? 'a1' : 'a2' }),
      ),
    )
    const winners = answers.filter((a) => a.ok)
    expect(winners).toHaveLength(1)
    for (const answer of answers)
      if (!answer.ok) expect(answer).toMatchObject({ reason: 'decided', decided: { by: 'key ci' } })
    await h().settle()
    const history = await h().history(run_id)
    expect(history.filter((event) => event.startsWith('wait.decided'))).toHaveLength(1)
    expect((await act().seen(run_id)).status).toBe(
      winners[0]?.ok && history.includes('step.started two') ? 'completed' : 'failed',
    )
  })

  it('asks for a name where a key could mean several approvers', async () => {
    const run_id = await act().start(
      workflow([review({ policy: 'all', approvers: [{ email: 'a@x.com' }, { email: 'b@x.com' }] })]),
    )
    expect(await act().decide(run_id, 'approve')).toMatchObject({ ok: false, reason: 'approver_needed' })
    expect(await act().decide(run_id, 'approve', { approver: 'a@x.com' })).toMatchObject({
      ok: true,
      status: 'waiting',
      wait_open: true,
    })
    expect(await act().decide(run_id, 'approve')).toMatchObject({ ok: true, status: 'completed', wait_open: false })
  })

  it('refuses an answer to a wait of an older generation, of another run, or none', async () => {
    const run_id = await act().start(workflow([review()]))
    const other = await act().start(workflow([review()]))
    expect(await act().decide(run_id, 'approve', { generation: 7 })).toMatchObject({ ok: false, reason: 'stale' })
    expect(await act().decide(run_id, 'approve', { wait_id: await act().waitOf(other) })).toMatchObject({
      ok: false,
      reason: 'not_found',
    })
    expect(await act().decide(run_id, 'approve', { wait_id: 'wait_none' })).toMatchObject({
      ok: false,
      reason: 'not_found',
    })
  })

  it('reminds, and expires when its time has come', async () => {
    const run_id = await act().start(workflow([review({ timeout_ms: 10 * MINUTE, reminder_ms: 4 * MINUTE })]))
    h().clock.advance(4 * MINUTE)
    await h().settle()
    h().clock.advance(6 * MINUTE - 1)
    await h().settle()
    expect((await act().seen(run_id)).status).toBe('waiting')
    h().clock.advance(1)
    await h().settle()
    expect(await h().mails(run_id)).toEqual([
      'approval_request manager@company.com',
      'approval_reminder manager@company.com',
      'approval_reminder manager@company.com',
    ])
    expect((await act().seen(run_id)).state.error?.code).toBe('approval.expired')
  })

  it('fires what came due while nobody was there', async () => {
    const run_id = await act().start(workflow([review({ timeout_ms: 10 * MINUTE })]))
    h().clock.advance(7 * 24 * 60 * MINUTE)
    await h().settle()
    expect((await h().history(run_id)).filter((e) => e === 'run.failed')).toHaveLength(1)
  })

  it('hands a place to somebody else', async () => {
    const run_id = await act().start(workflow([review()]))
    const answer = await h().engine.signal(asKey, {
      kind: 'reassign',
      run_id,
      wait_id: await act().waitOf(run_id),
      generation: null,
      approver: 'a1',
      to: 'New@x.com',
      by,
    })
    expect(answer).toMatchObject({ ok: true, wait_open: true })
    expect(await act().decide(run_id, 'approve', { approver: 'manager@company.com' })).toMatchObject({
      ok: false,
      reason: 'not_approver',
    })
    expect(await act().decide(run_id, 'approve', { approver: 'new@x.com' })).toMatchObject({
      ok: true,
      status: 'completed',
    })
  })

  it('sends a draft back with the comment as feedback', async () => {
    const heard: (string | null)[] = []
    h().script = async ({ feedback }) => {
      heard.push(feedback)
      return done({ text: String(heard.length) })
    }
    const run_id = await act().start(
      workflow([{ id: 'draft', type: 'call' }, review({ on_revise: { to: 'draft', max: 3 } })]),
    )
    await h().settle()
    await act().decide(run_id, 'revise')
    await h().settle()
    expect(heard).toEqual([null, 'said so'])
    expect(await act().decide(run_id, 'approve')).toMatchObject({ ok: true, status: 'completed' })
  })

  it('goes on with what a step gave the last time', async () => {
    const drafts: string[] = []
    const read: unknown[] = []
    h().script = async ({ step, scope }) => {
      if (step.id === 'last') read.push(scope.roots.runtime?.text)
      else drafts.push(`draft ${drafts.length + 1}`)
      return done(step.id === 'last' ? {} : { text: drafts.at(-1) ?? '' })
    }
    const again = review({ on_revise: { to: 'draft', max: 3 } })
    const run_id = await act().start(workflow([{ id: 'draft', type: 'call' }, again, { id: 'last', type: 'call' }]))
    await h().settle()
    await act().decide(run_id, 'revise')
    await h().settle()
    await act().decide(run_id, 'approve')
    await h().settle()
    expect(read).toEqual(['draft 2'])
  })
}
