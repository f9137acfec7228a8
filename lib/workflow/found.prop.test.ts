import { describe, expect, it } from 'vitest'
import { plus } from '../time.ts'
import type { ActivityRef, RunEvent } from './events.ts'
import { begun, ONCE, T0, workflow } from './testkit.ts'

const refused = { id: 'refused', type: 'keep', config: { value: 'nobody.knows' } }

const ref = (path: string, step: string, epoch = 0): ActivityRef => ({ path, step, visit: 1, attempt: 1, epoch })
const done = (activity: ActivityRef): RunEvent => ({
  type: 'step.succeeded',
  activity,
  result: { output: {}, input: null, ai_calls: [] },
  at: T0,
})

/** The smallest forms of what the model (`model.prop.test.ts`) found. */
describe('what the model found', () => {
  it('goes on at a step that failed as it was entered, and not at the good one before it', () => {
    const run = begun(workflow([{ id: 'one', type: 'call' }, refused]))
    run.apply(done(ref('root', 'one')))
    expect(run.state.scopes.root?.cursor).toEqual({ at: 'stopped', step: 'refused' })
    const { events, commands } = run.apply({ type: 'retry', from: null, inputs: null, at: T0 })
    expect(events.map((e) => ('step' in e ? `${e.type} ${e.step}` : e.type))).not.toContain('step.started one')
    expect(commands).toEqual([])
  })

  it('counts a fork that broke off once in the fork around it', () => {
    const run = begun(
      workflow([
        {
          id: 'outer',
          type: 'split',
          config: { join: 'any' },
          blocks: { a: [{ id: 'inner', type: 'split', blocks: { x: [refused] } }], b: [{ id: 'other', type: 'call' }] },
        },
      ]),
    )
    expect(run.first.events.filter((e) => e.type === 'step.failed' && e.step === 'inner')).toHaveLength(1)
    run.apply(done(ref('root/outer@0.1/b', 'other')))
    expect(run.state.status).toBe('completed')
  })

  it('arms no timer inside a fork that a retry begins anew', () => {
    const run = begun(
      workflow([
        {
          id: 'outer',
          type: 'split',
          blocks: {
            a: [{ id: 'inner', type: 'split', timeout_ms: 1_000, blocks: { x: [{ id: 'ask', type: 'ask' }] } }],
          },
        },
      ]),
    )
    run.apply({ type: 'cancel', reason: 'no longer wanted', at: T0 })
    run.apply({ type: 'retry', from: 'outer', inputs: null, at: T0 })
    expect(Object.values(run.state.timers).map(({ path }) => path)).toEqual(['root/outer@1.1/a'])
  })

  it('leaves no timer of a next attempt when the time of the whole step ran out', () => {
    const run = begun(
      workflow([
        { id: 'child', type: 'sub', timeout_ms: 1_500, retry: { ...ONCE, max_attempts: 2 }, on_error: 'ask' },
        { id: 'ask', type: 'ask' },
      ]),
    )
    const error = { code: 'http.status', message: 'It answered 500.', retryable: true, retry_after_ms: null }
    const result = { input: null, ai_calls: [] }
    run.apply({ type: 'step.failed', activity: ref('root', 'child'), error, result, at: plus(T0, 1_000) })
    expect(Object.keys(run.state.timers)).toHaveLength(2)
    run.apply({ type: 'timer.fired', timer: 'timeout:run_1:root:child:1:0', at: plus(T0, 1_500) })
    expect(run.state.timers).toEqual({})
  })
})
