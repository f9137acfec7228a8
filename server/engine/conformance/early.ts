import { expect, it } from 'vitest'
import { workflow } from '#lib/workflow/testkit.ts'
import type { Call, EarlySignal } from '../port.ts'
import { type Actions, asKey, by, done, gate, type Harness, MINUTE, review } from './kit.ts'

/** Answers that name their step before it asks. */
export function earlyConformance(h: () => Harness, act: () => Actions): void {
  const form = (run_id: string, values: object, step = 'ask'): EarlySignal => ({
    run_id,
    step,
    by,
    kind: 'form',
    values: { ...values },
  })
  const approve = (run_id: string, more: Partial<Extract<EarlySignal, { kind: 'approval' }>> = {}): EarlySignal => ({
    run_id,
    step: 'review',
    by,
    kind: 'approval',
    decision: 'approve',
    comment: 'said before',
    approver: null,
    ...more,
  })
  const say = (input: EarlySignal, call: Call = asKey) => h().engine.signalEarly(call, input)
  const asks = workflow([
    { id: 'draft', type: 'call' },
    { id: 'ask', type: 'ask', config: { assignee: 'sarah@company.com', timeout_ms: MINUTE } },
    { id: 'last', type: 'call' },
  ])
  const decides = (more: object = {}) =>
    workflow([{ id: 'draft', type: 'call' }, review(more), { id: 'last', type: 'call' }])

  /** A run whose first step is held up until `goOn`. */
  const underWay = async (definition: ReturnType<typeof workflow>) => {
    const reached = gate()
    const answered = gate()
    h().script = async ({ step, scope }) => {
      if (step.id === 'draft') {
        reached.open()
        await answered.opened
      }
      return done({ [step.id]: scope.roots.runtime?.topic ?? null })
    }
    const run_id = await act().start(definition)
    const settled = h().settle()
    await reached.opened
    const goOn = async () => {
      answered.open()
      await settled
      await h().settle()
    }
    return { run_id, goOn }
  }

  it('is kept while a step is executed, and taken the moment the form opens', async () => {
    const { run_id, goOn } = await underWay(asks)
    expect(await say(form(run_id, { topic: 'AI' }))).toEqual({ ok: true, run_id, status: 'running' })
    await goOn()
    expect((await act().seen(run_id)).status).toBe('completed')
    expect(await h().outputs(run_id)).toMatchObject({ ask: { topic: 'AI' }, last: { last: 'AI' } })
    expect(await h().mails(run_id)).toEqual([])
    const history = await h().history(run_id)
    expect(history.filter((fact) => /^(answer|wait)/.test(fact)).map((fact) => fact.split(' ')[0])).toEqual([
      'answer.kept',
      'wait.opened',
      'wait.closed',
    ])
  })

  it('is taken once, whoever comes at the same time, and the others are told who was first', async () => {
    const { run_id, goOn } = await underWay(asks)
    const answers = await Promise.all(Array.from({ length: 6 }, (_, n) => say(form(run_id, { n }))))
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    const told = { ok: false, reason: 'decided', decided: { outcome: 'submitted', by: 'key ci' } }
    for (const answer of answers) if (!answer.ok) expect(answer).toMatchObject(told)
    await goOn()
    expect(await say(form(run_id, {}))).toMatchObject({ ok: false, reason: 'run_over' })
  })

  it('is refused for a step that asks now, has asked, or asks nobody', async () => {
    h().script = async () => done()
    const run_id = await act().start(
      workflow([
        { id: 'ask', type: 'ask' },
        { id: 'then', type: 'ask' },
        { id: 'last', type: 'call' },
      ]),
    )
    expect(await say(form(run_id, {}))).toMatchObject({ ok: false, reason: 'wait_open' })
    await act().submit(run_id, { first: true })
    expect(await say(form(run_id, {}))).toMatchObject({
      reason: 'decided',
      decided: { outcome: 'submitted', by: 'key ci', at: expect.any(String) },
    })
    expect(await say(form(run_id, {}, 'last'))).toMatchObject({ ok: false, reason: 'unknown_step' })
    expect(await say(form('run_none', {}))).toMatchObject({ ok: false, reason: 'not_found' })
  })

  it('that does not fit is told in the history, and the form asks like any other', async () => {
    const { run_id, goOn } = await underWay(
      workflow([
        { id: 'draft', type: 'call' },
        {
          id: 'ask',
          type: 'ask',
          config: { assignee: 'sarah@company.com', schema: { type: 'object', required: ['topic'] } },
        },
      ]),
    )
    await say(form(run_id, { other: 1 }))
    await goOn()
    const { status, waits } = await act().seen(run_id)
    expect([status, waits.length]).toEqual(['waiting', 1])
    expect(await h().history(run_id)).toContain('answer.refused ask')
    expect(await h().mails(run_id)).toEqual(['form_request sarah@company.com'])
    expect(await act().submit(run_id, { topic: 'AI' })).toMatchObject({ ok: true, status: 'completed' })
  })

  it('is a decision in the place of who gave it', async () => {
    const { run_id, goOn } = await underWay(
      decides({ policy: 'all', approvers: [{ email: 'a@x.com' }, { email: 'b@x.com' }] }),
    )
    const ann: Call = {
      ...asKey,
      actor: { kind: 'user', id: 'usr_ann', email: 'A@x.com', name: null, role: 'approver' },
    }
    expect(await say(approve(run_id, { by: { via: 'app', id: 'usr_ann', label: 'a@x.com' } }), ann)).toMatchObject({
      ok: true,
    })
    await goOn()
    expect(await h().mails(run_id)).toEqual(['approval_request b@x.com'])
    expect(await act().decide(run_id, 'approve', { approver: 'a@x.com' })).toMatchObject({ reason: 'decided' })
    await act().decide(run_id, 'approve', { approver: 'b@x.com' })
    await h().settle()
    expect((await act().seen(run_id)).status).toBe('completed')
  })

  it('by somebody who is not asked decides nothing', async () => {
    const { run_id, goOn } = await underWay(decides())
    await say(approve(run_id, { approver: 'stranger@x.com' }))
    await goOn()
    expect((await act().seen(run_id)).status).toBe('waiting')
    expect(await h().history(run_id)).toContain('answer.refused review')
    expect(await h().mails(run_id)).toEqual(['approval_request manager@company.com'])
  })

  it('is forgotten with a run that ends without asking', async () => {
    const { run_id, goOn } = await underWay(asks)
    await say(form(run_id, {}))
    await h().engine.cancel(asKey, { run_id, reason: 'Enough' })
    await goOn()
    expect((await h().history(run_id)).slice(-2)).toEqual(['answer.forgotten ask', 'run.canceled'])
  })

  it('outlives whoever executes the step before', async () => {
    h().script = async (context) => {
      if (context.step.id === 'draft') await h().lose(context, { method: 'POST' })
      return done()
    }
    const run_id = await act().start(asks)
    await h().settle()
    expect(await say(form(run_id, { topic: 'AI' }))).toMatchObject({ ok: true, status: 'waiting' })
    const effect = `${run_id}:root:draft:1:0`
    await h().engine.resolve(asKey, { run_id, effect, resolution: { do: 'done', result: {} }, by })
    await h().settle()
    expect((await act().seen(run_id)).status).toBe('completed')
    expect(await h().outputs(run_id)).toMatchObject({ ask: { topic: 'AI' } })
  })

  it('waits in a queued run for its turn too', async () => {
    h().script = async () => done()
    const limited = { concurrency: { key: 'wf:a', max: 1 } }
    const first = await act().start(workflow([review()]), limited)
    const second = await act().start(workflow([{ id: 'ask', type: 'ask' }]), limited)
    await h().settle()
    expect(await say(form(second, { n: 1 }))).toMatchObject({ ok: true, status: 'queued' })
    await act().decide(first, 'approve')
    await h().settle()
    expect((await act().seen(second)).status).toBe('completed')
    expect(await h().outputs(second)).toEqual({ ask: { n: 1 } })
  })
}
