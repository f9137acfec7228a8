import { describe, expect, it } from 'vitest'
import type { Command } from './commands.ts'
import type { ActivityRef, RunEvent } from './events.ts'
import { T0, type TestRun, testRun, workflow } from './testkit.ts'
import type { Transition } from './transition.ts'

const later = (ms: number) => new Date(Date.parse(T0) + ms).toISOString()
const facts = (made: Transition) =>
  made.events.map((e) => ('step' in e && typeof e.step === 'string' ? `${e.type} ${e.step}` : e.type))
const wanted = (made: Transition) => made.commands.map(brief)
function brief(c: Command): string {
  if (c.do === 'arm_timer') return `arm ${c.key} @${(Date.parse(c.timer.due) - Date.parse(T0)) / 1000}s`
  if (c.do === 'disarm_timer') return `disarm ${c.key}`
  return c.do === 'send' ? `send ${c.message.kind}` : `${c.do} ${c.key}`
}
const admit = (run: TestRun, ms = 0) => run.apply({ type: 'admit', at: later(ms) })
const cancel = (run: TestRun) => run.apply({ type: 'cancel', reason: 'Enough', at: T0 })
const retry = (run: TestRun, from: string | null = null, inputs: null | object = null) =>
  run.apply({ type: 'retry', from, inputs: inputs as never, hold: true, at: T0 })
const fail = (run: TestRun, step: string, more: Partial<ActivityRef> = {}) => run.apply(failed(step, more))
const failed = (step: string, more: Partial<ActivityRef>): RunEvent => ({
  type: 'step.failed',
  activity: { path: 'root', step, visit: 1, attempt: 1, epoch: 0, ...more },
  error: { code: 'http.status', message: 'It answered 500.', retryable: false, retry_after_ms: null },
  result: { input: null, ai_calls: [] },
  at: T0,
})
const succeed = (run: TestRun, step: string, more: Partial<ActivityRef> = {}) =>
  run.apply({
    type: 'step.succeeded',
    activity: { path: 'root', step, visit: 1, attempt: 1, epoch: 0, ...more },
    result: { output: { [step]: true }, input: null, ai_calls: [] },
    at: T0,
  })

describe('a run that has to wait for its turn', () => {
  const held = () => {
    const run = testRun(workflow([{ id: 'one', type: 'call' }], { limits: { timeout_ms: 60_000 } }))
    return { run, first: run.apply({ type: 'start', hold: true, at: T0 }) }
  }

  it('is queued, and its time does not run yet', () => {
    const { run, first } = held()
    expect(facts(first)).toEqual(['run.created'])
    expect(wanted(first)).toEqual([])
    expect(run.state.status).toBe('queued')
  })

  it('begins once it is admitted, and only once', () => {
    const { run } = held()
    const made = run.apply({ type: 'admit', at: T0 })
    expect(facts(made)).toEqual(['run.started', 'step.started one'])
    expect(wanted(made)).toEqual(['arm run_timeout:0 @60s', 'execute run_1:root:one:1:0'])
    expect(run.apply({ type: 'admit', at: T0 }).refused).toBe('wrong_state')
  })

  it('can be canceled meanwhile', () => {
    const { run } = held()
    expect(facts(run.apply({ type: 'cancel', reason: 'Enough', at: T0 }))).toEqual(['run.canceled'])
    expect(run.apply({ type: 'admit', at: T0 }).refused).toBe('run_over')
  })

  it('is not failed by its time, however long it waits: that counts from its beginning', () => {
    const { run } = held()
    expect(run.apply({ type: 'timer.fired', timer: 'run_timeout:0', at: later(86_400_000) }).refused).toBe('timer_gone')
    expect(wanted(admit(run, 86_400_000))).toContain('arm run_timeout:0 @86460s')
  })

  it('may begin elsewhere than at its first step', () => {
    const run = testRun(
      workflow([
        { id: 'one', type: 'call' },
        { id: 'two', type: 'call' },
      ]),
    )
    run.apply({ type: 'start', hold: true, from: 'two', at: T0 })
    expect(wanted(admit(run))).toEqual(['execute run_1:root:two:1:0'])
    expect(run.state.begins_at).toBeUndefined()
  })

  it('and is retried after it was canceled in the queue, begins there too', () => {
    const run = testRun(
      workflow([
        { id: 'one', type: 'call' },
        { id: 'two', type: 'call' },
      ]),
    )
    run.apply({ type: 'start', hold: true, from: 'two', at: T0 })
    cancel(run)
    retry(run)
    expect(wanted(admit(run))).toEqual(['execute run_1:root:two:1:1'])
  })

  it('has not failed and cannot be retried', () => {
    expect(retry(held().run).refused).toBe('wrong_state')
  })

  it('that was canceled and is retried stands in the queue again', () => {
    const { run } = held()
    cancel(run)
    expect(facts(retry(run))).toEqual(['run.reopened'])
    expect(wanted(admit(run))).toEqual(['arm run_timeout:1 @60s', 'execute run_1:root:one:1:1'])
  })
})

describe('a retry that has to wait for its turn', () => {
  const broken = () => {
    const run = testRun(
      workflow(
        [
          { id: 'one', type: 'call' },
          { id: 'two', type: 'call' },
        ],
        { limits: { timeout_ms: 60_000 } },
      ),
    )
    run.apply({ type: 'start', hold: true, at: T0 })
    admit(run)
    succeed(run, 'one')
    fail(run, 'two')
    return run
  }

  it('begins an epoch in the queue: nothing is executed, no time runs', () => {
    const run = broken()
    const made = retry(run, null, { topic: 'new' })
    expect(facts(made)).toEqual(['run.reopened'])
    expect(wanted(made)).toEqual([])
    expect(run.state).toMatchObject({ status: 'queued', epoch: 1, error: null, timers: {} })
    expect(run.data.inputs).toEqual({ topic: 'new' })
  })

  it('goes on where it stood once it is admitted, and once only', () => {
    const run = broken()
    retry(run)
    const made = admit(run, 10_000)
    expect(facts(made)).toEqual(['run.started', 'step.started two'])
    expect(wanted(made)).toEqual(['arm run_timeout:1 @70s', 'execute run_1:root:two:1:1'])
    expect(admit(run).refused).toBe('wrong_state')
    expect(run.state.begins_at).toBeUndefined()
  })

  it('goes on at the step that was chosen', () => {
    const run = broken()
    retry(run, 'one')
    expect(wanted(admit(run))).toContain('execute run_1:root:one:1:1')
  })

  it('canceled in the queue begins nothing, and another retry goes on where it stood', () => {
    const run = broken()
    retry(run, 'one')
    expect(facts(cancel(run))).toEqual(['run.canceled'])
    expect(admit(run).refused).toBe('run_over')
    expect(facts(retry(run))).toEqual(['run.reopened'])
    expect(wanted(admit(run))).toContain('execute run_1:root:two:1:2')
  })

  it('goes on inside a fork that was broken off', () => {
    const [a, b] = ['root/split@0.1/a', 'root/split@0.1/b']
    const run = testRun(
      workflow([
        {
          id: 'split',
          type: 'split',
          blocks: { a: [{ id: 'one', type: 'call' }], b: [{ id: 'two', type: 'call' }] },
        },
      ]),
    )
    run.apply({ type: 'start', at: T0 })
    succeed(run, 'one', { path: a })
    fail(run, 'two', { path: b })
    retry(run)
    const made = admit(run)
    expect(facts(made)).toEqual(['run.started', 'step.started split', 'step.started two'])
    expect(wanted(made)).toEqual([`execute run_1:${b}:two:1:1`])
    expect(facts(succeed(run, 'two', { path: b, epoch: 1 }))).toContain('run.completed')
  })
})
