import { expect, it } from 'vitest'
import type { EffectResolution } from '#lib/workflow/events.ts'
import { workflow } from '#lib/workflow/testkit.ts'
import { type Actions, asKey, by, done, type Harness, two } from './kit.ts'

/** An effect of which nobody knows whether it happened: whoever executed it is lost after it was sent. */
export function effectsConformance(h: () => Harness, act: () => Actions): void {
  /** Every execution, by its key; the first one of `step` is lost. */
  const losing = (step: string): string[] => {
    const executed: string[] = []
    h().script = async (context) => {
      executed.push(context.idempotencyKey)
      const first = executed.filter((key) => key === context.idempotencyKey).length === 1
      if (context.step.id === step && context.activity.epoch === 0 && first) {
        await h().lose(context, { method: 'POST', url: 'https://bank.example/pay' })
      }
      return done({ n: executed.length })
    }
    return executed
  }
  const lost = async () => {
    const executed = losing('one')
    const run_id = await act().start(two)
    await h().settle()
    const effect = `${run_id}:root:one:1:0`
    const resolve = async (resolution: EffectResolution) => {
      const answer = await h().engine.resolve(asKey, { run_id, effect, resolution, by })
      await h().settle()
      return answer
    }
    return { run_id, effect, executed, resolve }
  }

  it('lets the run wait for somebody who can look, and is not repeated', async () => {
    const { run_id, executed, effect } = await lost()
    const { status, state } = await act().seen(run_id)
    expect(status).toBe('waiting')
    expect(state.scopes.root?.cursor).toMatchObject({ at: 'unknown', step: 'one' })
    expect(executed).toEqual([effect])
    const history = await h().history(run_id)
    expect(history.slice(-3)).toEqual(['step.started one', 'step.unknown one', 'run.waiting'])
  })

  it('is repeated with the same key when somebody says so', async () => {
    const { run_id, executed, effect, resolve } = await lost()
    expect(await resolve({ do: 'repeat' })).toMatchObject({ ok: true })
    expect((await act().seen(run_id)).status).toBe('completed')
    expect(executed).toEqual([effect, effect, `${run_id}:root:two:1:0`])
  })

  it('is done with the result that somebody found, without being repeated', async () => {
    const { run_id, executed, effect, resolve } = await lost()
    expect(await resolve({ do: 'done', result: { n: 'found' } })).toMatchObject({ ok: true })
    expect((await act().seen(run_id)).status).toBe('completed')
    expect((await h().outputs(run_id)).one).toEqual({ n: 'found' })
    expect(executed).toEqual([effect, `${run_id}:root:two:1:0`])
  })

  it('fails the step with the reason given, and a retry sends it under another key', async () => {
    const { run_id, executed, effect, resolve } = await lost()
    expect(await resolve({ do: 'fail', reason: 'The bank knows nothing of it.' })).toMatchObject({ ok: true })
    const { status, state } = await act().seen(run_id)
    expect(status).toBe('failed')
    expect(state.error).toMatchObject({ code: 'effect.failed', step: 'one' })
    await h().engine.retry(asKey, { run_id, from_step: null, inputs: null })
    await h().settle()
    expect((await act().seen(run_id)).status).toBe('completed')
    expect(executed).toEqual([effect, `${run_id}:root:one:1:1`, `${run_id}:root:two:1:1`])
  })

  it('takes one answer, and only for what is unknown', async () => {
    const { run_id, resolve } = await lost()
    const other = { run_id, effect: `${run_id}:root:two:1:0`, resolution: { do: 'repeat' as const }, by }
    expect(await h().engine.resolve(asKey, other)).toMatchObject({ ok: false, reason: 'unknown_effect' })
    expect(await h().engine.resolve(asKey, { ...other, run_id: 'run_none' })).toMatchObject({ reason: 'not_found' })
    await resolve({ do: 'done', result: {} })
    expect(await resolve({ do: 'repeat' })).toMatchObject({ ok: false, reason: 'unknown_effect' })
  })

  it('holds up its own branch and no other', async () => {
    const executed = losing('pay')
    const run_id = await act().start(
      workflow([
        {
          id: 'split',
          type: 'split',
          blocks: { a: [{ id: 'pay', type: 'call' }], b: [{ id: 'tell', type: 'call' }] },
        },
      ]),
    )
    await h().settle()
    expect((await act().seen(run_id)).status).toBe('waiting')
    expect(await h().history(run_id)).toContain('step.completed tell')
    const effect = executed.find((key) => key.includes(':pay:')) ?? ''
    await h().engine.resolve(asKey, { run_id, effect, resolution: { do: 'repeat' }, by })
    await h().settle()
    expect((await act().seen(run_id)).status).toBe('completed')
    expect(executed.filter((key) => key === effect)).toHaveLength(2)
  })

  it('ends with a cancel, and is asked of nobody any more', async () => {
    const { run_id, executed, resolve } = await lost()
    expect(await h().engine.cancel(asKey, { run_id, reason: 'Enough' })).toMatchObject({ ok: true })
    expect(await resolve({ do: 'repeat' })).toMatchObject({ ok: false })
    expect((await act().seen(run_id)).status).toBe('canceled')
    expect(executed).toHaveLength(1)
  })
}
