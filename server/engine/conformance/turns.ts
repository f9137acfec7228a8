import { expect, it } from 'vitest'
import { ONCE, workflow } from '#lib/workflow/testkit.ts'
import { type Actions, asKey, broken, done, type Harness, MINUTE, PROFILE, review, two } from './kit.ts'

/** Runs of one key that take turns. */
export function turnsConformance(h: () => Harness, act: () => Actions): void {
  const limited = (max: number, key = 'wf:a') => ({ concurrency: { key, max } })
  const standing = (ids: readonly string[]) => Promise.all(ids.map(async (id) => (await act().seen(id)).status))
  const holding = workflow([review()])
  /** A run that failed and would not fail again. */
  const failing = async () => {
    const health = { good: false }
    h().script = async ({ step }) => (step.id === 'two' && !health.good ? broken() : done({ n: 1 }))
    const run_id = await act().start(two, limited(1))
    await h().settle()
    expect((await act().seen(run_id)).status).toBe('failed')
    health.good = true
    return run_id
  }
  const retry = (run_id: string, from_step: string | null = null) =>
    h().engine.retry(asKey, { run_id, from_step, inputs: null })

  it('lets only so many runs of a key be under way, the oldest first', async () => {
    h().script = async () => done()
    const definition = workflow([review(), { id: 'last', type: 'call' }])
    const limited = { concurrency: { key: 'wf:a', max: 2 } }
    const ids = [
      await act().start(definition, limited),
      await act().start(definition, limited),
      await act().start(definition, limited),
    ]
    const other = await act().start(definition, { concurrency: { key: 'wf:b', max: 2 } })
    await h().settle()
    const statuses = async () => Promise.all([...ids, other].map(async (id) => (await act().seen(id)).status))
    expect(await statuses()).toEqual(['waiting', 'waiting', 'queued', 'waiting'])
    await act().decide(ids[1] ?? '', 'approve')
    await h().settle()
    expect(await statuses()).toEqual(['waiting', 'completed', 'waiting', 'waiting'])
  })

  it('lets the next begin when one is canceled, and forgets one that was canceled in the queue', async () => {
    const definition = workflow([review()])
    const limited = { concurrency: { key: 'wf:a', max: 1 } }
    const first = await act().start(definition, limited)
    const second = await act().start(definition, limited)
    const third = await act().start(definition, limited)
    await h().settle()
    await h().engine.cancel(asKey, { run_id: second, reason: 'Enough' })
    await h().engine.cancel(asKey, { run_id: first, reason: 'Enough' })
    await h().settle()
    expect((await act().seen(second)).status).toBe('canceled')
    expect((await act().seen(third)).status).toBe('waiting')
  })

  it('queues a retry while another run has the turn, and goes on where it stood when that ends', async () => {
    const run_id = await failing()
    const other = await act().start(holding, limited(1))
    await h().settle()
    expect(await retry(run_id)).toMatchObject({ ok: true, status: 'queued' })
    await h().settle()
    expect(await standing([run_id, other])).toEqual(['queued', 'waiting'])
    await act().decide(other, 'approve')
    await h().settle()
    expect(await standing([run_id, other])).toEqual(['completed', 'completed'])
    expect((await h().history(run_id)).slice(-5)).toEqual([
      'run.reopened',
      'run.started',
      'step.started two',
      'step.completed two',
      'run.completed',
    ])
  })

  it('lets a retry go on at once where there is room', async () => {
    const run_id = await failing()
    await retry(run_id)
    await h().settle()
    expect((await act().seen(run_id)).status).toBe('completed')
  })

  it('forgets a retry that was canceled in the queue, and takes another', async () => {
    const run_id = await failing()
    const other = await act().start(holding, limited(1))
    await h().settle()
    await retry(run_id, 'one')
    expect(await h().engine.cancel(asKey, { run_id, reason: 'Enough' })).toMatchObject({ ok: true })
    await act().decide(other, 'approve')
    await h().settle()
    expect((await act().seen(run_id)).status).toBe('canceled')
    expect(await retry(run_id)).toMatchObject({ ok: true })
    await h().settle()
    expect((await act().seen(run_id)).status).toBe('completed')
  })

  it('queues a run that branches off like any start', async () => {
    const run_id = await failing()
    const other = await act().start(holding, limited(1))
    await h().settle()
    const forked = await h().engine.fork(asKey, {
      run_id,
      from_step: 'two',
      inputs: null,
      profile: PROFILE,
      idempotency: null,
      ...limited(1),
    })
    if (!forked.ok) throw new Error(forked.reason)
    expect(forked.status).toBe('queued')
    await h().settle()
    expect(await standing([forked.run_id, other])).toEqual(['queued', 'waiting'])
    await act().decide(other, 'approve')
    await h().settle()
    expect((await act().seen(forked.run_id)).status).toBe('completed')
    expect(await h().outputs(forked.run_id)).toEqual({ one: { n: 1 }, two: { n: 1 } })
    expect((await h().history(forked.run_id)).slice(0, 3)).toEqual(['run.created', 'run.started', 'step.started two'])
  })

  it('keeps to the limit of each run where versions differ: one that may not begin yet is not overtaken', async () => {
    const ids = [await act().start(holding, limited(2)), await act().start(holding, limited(2))]
    await h().settle()
    ids.push(await act().start(holding, limited(1)), await act().start(holding, limited(2)))
    await h().settle()
    expect(await standing(ids)).toEqual(['waiting', 'waiting', 'queued', 'queued'])
    await act().decide(ids[0] ?? '', 'approve')
    await h().settle()
    expect(await standing(ids)).toEqual(['completed', 'waiting', 'queued', 'queued'])
    await act().decide(ids[1] ?? '', 'approve')
    await h().settle()
    expect(await standing(ids)).toEqual(['completed', 'completed', 'waiting', 'waiting'])
  })

  it('does not count the time in the queue: a limit on the run begins with it', async () => {
    const brief = workflow([review()], { limits: { timeout_ms: MINUTE } })
    const first = await act().start(holding, limited(1))
    const second = await act().start(brief, limited(1))
    await h().settle()
    h().clock.advance(10 * MINUTE)
    await h().settle()
    expect((await act().seen(second)).status).toBe('queued')
    await act().decide(first, 'approve')
    await h().settle()
    h().clock.advance(MINUTE - 1)
    await h().settle()
    expect((await act().seen(second)).status).toBe('waiting')
    h().clock.advance(1)
    await h().settle()
    expect((await act().seen(second)).state.error?.code).toBe('run.timeout')
  })

  it('a run of the same key that a step calls goes within the turn of its caller', async () => {
    h().script = async () => done()
    const inner = await h().publish(workflow([{ id: 'greet', type: 'call' }]))
    const calls = workflow([{ id: 'sub', type: 'sub', config: { workflow: 'Inner' } }])
    const middle = await h().publish(calls)
    h().child = async (name, inputs) => {
      const { concurrency } = limited(1, name === 'Middle' ? 'wf:middle' : 'wf:a')
      return {
        ok: true,
        start: { ...(name === 'Middle' ? middle : inner), inputs, static: {}, profile: PROFILE, concurrency },
      }
    }
    const run_id = await act().start(workflow([{ id: 'sub', type: 'sub', config: { workflow: 'Middle' } }]), limited(1))
    await h().settle()
    expect((await act().seen(run_id)).status).toBe('completed')
    const next = await act().start(holding, limited(1))
    await h().settle()
    expect((await act().seen(next)).status).toBe('waiting')
  })

  it('a run that is called and stands in the queue is canceled with the step that waits for it', async () => {
    const other = await act().start(holding, limited(1))
    const inner = await h().publish(holding)
    h().child = async (_name, inputs) => ({
      ok: true,
      start: { ...inner, inputs, static: {}, profile: PROFILE, ...limited(1) },
    })
    const run_id = await act().start(
      workflow([{ id: 'sub', type: 'sub', config: { workflow: 'Inner' }, timeout_ms: MINUTE, retry: ONCE }]),
    )
    await h().settle()
    const [child = ''] = await h().children(run_id)
    expect((await act().seen(child)).status).toBe('queued')
    h().clock.advance(MINUTE)
    await h().settle()
    expect(await standing([run_id, child, other])).toEqual(['failed', 'canceled', 'waiting'])
  })
}
