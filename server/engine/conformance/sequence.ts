import { expect, it } from 'vitest'
import { ONCE, workflow } from '#lib/workflow/testkit.ts'
import { type Actions, asKey, broken, done, gate, type Harness, PROFILE, two } from './kit.ts'

/** Steps one after another: keys, attempts, failures, cancel, retry. */
export function sequenceConformance(h: () => Harness, act: () => Actions): void {
  it('plays a sequence to its end', async () => {
    h().script = async ({ step }) => done({ n: step.id })
    const run_id = await act().start(two)
    await h().settle()
    expect((await act().seen(run_id)).status).toBe('completed')
    expect(await h().history(run_id)).toEqual([
      'run.created',
      'run.started',
      'step.started one',
      'step.completed one',
      'step.started two',
      'step.completed two',
      'run.completed',
    ])
    expect(await h().outputs(run_id)).toEqual({ one: { n: 'one' }, two: { n: 'two' } })
  })

  it('gives each visit one idempotency key over all its attempts', async () => {
    const keys: string[] = []
    h().script = async ({ idempotencyKey, activity }) => {
      keys.push(idempotencyKey)
      return activity.attempt < 3 ? broken(true) : done()
    }
    const run_id = await act().start(
      workflow([{ id: 'one', type: 'call', retry: { ...ONCE, max_attempts: 3, interval_ms: 1_000 } }]),
    )
    await h().settle()
    expect(keys).toHaveLength(1)
    h().clock.advance(999)
    await h().settle()
    expect(keys).toHaveLength(1)
    h().clock.advance(1)
    await h().settle()
    h().clock.advance(2_000)
    await h().settle()
    expect(keys).toEqual([`${run_id}:root:one:1:0`, `${run_id}:root:one:1:0`, `${run_id}:root:one:1:0`])
    expect((await act().seen(run_id)).status).toBe('completed')
  })

  it('answers the same run for the same idempotency key, and refuses the key for something else', async () => {
    h().script = async () => done()
    const input = {
      ...(await h().publish(two)),
      inputs: {},
      static: {},
      profile: PROFILE,
      idempotency: { key: 'k', fingerprint: 'f' },
    }
    const answers = await Promise.all(Array.from({ length: 10 }, () => h().engine.start(asKey, input)))
    const ids = new Set(answers.map((a) => (a.ok ? a.run_id : a.reason)))
    expect(ids.size).toBe(1)
    expect(answers.filter((a) => a.ok && !a.replayed)).toHaveLength(1)
    expect(await h().engine.start(asKey, { ...input, idempotency: { key: 'k', fingerprint: 'other' } })).toEqual({
      ok: false,
      reason: 'key_reused',
    })
  })

  it('fails with the error of the step', async () => {
    h().script = async () => broken()
    const run_id = await act().start(two)
    await h().settle()
    const { status, state } = await act().seen(run_id)
    expect({ status, error: state.error }).toEqual({
      status: 'failed',
      error: { code: 'http.status', message: 'It answered 500.', step: 'one' },
    })
  })

  it('begins nothing new after a cancel is answered', async () => {
    const executed: string[] = []
    const reached = gate()
    const answered = gate()
    h().script = async ({ step }) => {
      executed.push(step.id)
      reached.open()
      await answered.opened
      return done()
    }
    const run_id = await act().start(two)
    const settled = h().settle()
    await reached.opened
    expect(await h().engine.cancel(asKey, { run_id, reason: 'no longer needed' })).toMatchObject({
      ok: true,
      status: 'canceled',
    })
    answered.open()
    await settled
    expect(executed).toEqual(['one'])
    expect((await h().history(run_id)).at(-1)).toBe('run.canceled')
    expect(await h().engine.cancel(asKey, { run_id, reason: 'again' })).toMatchObject({
      ok: false,
      reason: 'wrong_state',
      status: 'canceled',
    })
  })

  it('drops the answer of a step that was under way when its run was canceled', async () => {
    h().script = async ({ activity }) => {
      const run_id = activity.step === 'one' ? run : ''
      await h().engine.cancel(asKey, { run_id, reason: 'stop' })
      return done({ late: true })
    }
    const run = await act().start(two)
    await h().settle()
    expect((await h().history(run)).at(-1)).toBe('run.canceled')
    expect(await h().outputs(run)).toEqual({})
  })

  it('goes on after a failure in a new epoch, keeping the good steps', async () => {
    let healthy = false
    const executed: string[] = []
    h().script = async ({ step }) => {
      executed.push(step.id)
      return step.id === 'two' && !healthy ? broken() : done({ n: step.id })
    }
    const run_id = await act().start(two)
    await h().settle()
    healthy = true
    expect(await h().engine.retry(asKey, { run_id, from_step: null, inputs: null })).toMatchObject({
      ok: true,
      status: 'running',
    })
    await h().settle()
    expect((await act().seen(run_id)).status).toBe('completed')
    expect(executed).toEqual(['one', 'two', 'two'])
  })

  it('puts what was edited for a retry into the inputs, and keeps the others', async () => {
    const seen: unknown[] = []
    h().script = async ({ scope }) => {
      seen.push(scope.roots.inputs)
      return seen.length === 1 ? broken() : done()
    }
    const run_id = await act().start(workflow([{ id: 'one', type: 'call' }]), { inputs: { kept: 1, edited: 1 } })
    await h().settle()
    await h().engine.retry(asKey, { run_id, from_step: null, inputs: { edited: 2 } })
    await h().settle()
    expect(seen.at(-1)).toEqual({ kept: 1, edited: 2 })
  })

  it('says what there is not', async () => {
    expect(await h().engine.describe('run_none')).toBeNull()
    expect(await h().engine.cancel(asKey, { run_id: 'run_none', reason: '' })).toMatchObject({
      ok: false,
      reason: 'not_found',
    })
    const run_id = await act().start(two)
    expect(await h().engine.retry(asKey, { run_id, from_step: null, inputs: null })).toMatchObject({
      ok: false,
      reason: 'wrong_state',
    })
  })

  it('keeps characters that a database might not', async () => {
    h().script = async () => done({ text: 'a\u0000b \ud800 c \\u0000 🙂' })
    const run_id = await act().start(workflow([{ id: 'one', type: 'call' }]))
    await h().settle()
    expect((await act().seen(run_id)).status).toBe('completed')
    expect((await h().outputs(run_id)).one).toMatchObject({ text: expect.stringMatching(/^a.b . c \\u0000 🙂$/su) })
  })
}
