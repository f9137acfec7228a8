import { describe, expect, it } from 'vitest'
import { MINUTE, plus } from '../time.ts'
import { branchOff } from './branch-off.ts'
import type { ActivityRef, RunEvent } from './events.ts'
import { begun, ONCE, T0, type TestRun, workflow } from './testkit.ts'

const one: ActivityRef = { path: 'root', step: 'one', visit: 1, attempt: 1, epoch: 0 }
const result = { input: null, ai_calls: [] }
const by = { via: 'key', id: 'key_1', label: 'key ci' } as const
const done = (activity: ActivityRef): RunEvent => ({
  type: 'step.succeeded',
  activity,
  result: { ...result, output: { of: activity.visit } },
  at: T0,
})
const failed = (activity: ActivityRef, retryable: boolean): RunEvent => ({
  type: 'step.failed',
  activity,
  error: { code: 'http.status', message: 'It answered 500.', retryable, retry_after_ms: null },
  result,
  at: T0,
})
const approved = (run: TestRun, step: string, approver = 'a1'): RunEvent => ({
  type: 'approval.decided',
  wait: Object.values(run.state.waits).find((wait) => wait.step === step)?.key ?? '',
  decision: 'approve',
  comment: '',
  approver,
  by,
  at: T0,
})

/** Refused, and everything stands where it stood. */
function expectStale(run: TestRun, event: RunEvent): void {
  const before = run.state
  expect(run.apply(event).refused).toBe('stale')
  expect(run.state).toBe(before)
}

describe('an answer that comes too late is none', () => {
  it('to an attempt after which another one began', () => {
    const run = begun(workflow([{ id: 'one', type: 'call', retry: { ...ONCE, max_attempts: 2 } }]))
    run.apply(failed(one, true))
    const [timer = ''] = Object.keys(run.state.timers)
    expectStale(run, done(one))
    run.apply({ type: 'timer.fired', timer, at: plus(T0, MINUTE) })
    expectStale(run, done(one))
    expect(run.apply(done({ ...one, attempt: 2 })).refused).toBeNull()
  })

  it('to a visit after which the step was entered again', () => {
    const again = { id: 'again', type: 'choose', config: { of: 'more', yes: 'one', no: null } }
    const run = begun(workflow([{ id: 'one', type: 'call' }, again]), { inputs: { more: true } })
    run.apply(done(one))
    expectStale(run, done(one))
    expect(run.apply(done({ ...one, visit: 2 })).refused).toBeNull()
  })

  it('to an epoch after which the run was begun anew', () => {
    const run = begun(workflow([{ id: 'one', type: 'call' }]))
    run.apply(failed(one, false))
    run.apply({ type: 'retry', from: null, inputs: null, at: T0 })
    expectStale(run, done(one))
    expect(run.apply(done({ ...one, epoch: 1 })).refused).toBeNull()
  })
})

describe('a time that ran', () => {
  it('ends with the step it was for, and never strikes the one that follows', () => {
    const run = begun(
      workflow([
        { id: 'one', type: 'sub', timeout_ms: MINUTE },
        { id: 'two', type: 'sub' },
      ]),
    )
    expect(Object.keys(run.state.timers)).toHaveLength(1)
    run.apply(done(one))
    expect(run.state.timers).toEqual({})
  })

  it('before another attempt is never longer than its bound', () => {
    const patient = { ...ONCE, max_attempts: 9, interval_ms: MINUTE, backoff_rate: 10, max_delay_ms: 5 * MINUTE }
    const run = begun(workflow([{ id: 'one', type: 'call', retry: patient }]))
    const pauses = [1, 2, 3].map((attempt) => {
      run.apply(failed({ ...one, attempt }, true))
      const [[timer, { due }] = ['', { due: T0 }]] = Object.entries(run.state.timers)
      run.apply({ type: 'timer.fired', timer, at: due })
      return Date.parse(due) - Date.parse(T0)
    })
    expect(pauses).toEqual([MINUTE, 5 * MINUTE, 5 * MINUTE])
  })

  it('of a whole run begins anew with a retry', () => {
    const run = begun(workflow([{ id: 'one', type: 'call' }], { limits: { timeout_ms: MINUTE } }))
    run.apply(failed(one, false))
    expect(run.state.timers).toEqual({})
    run.apply({ type: 'retry', from: null, inputs: null, at: plus(T0, MINUTE) })
    const due = plus(T0, 2 * MINUTE)
    expect(Object.values(run.state.timers)).toMatchObject([{ kind: 'run_timeout', due }])
    const [timer = ''] = Object.keys(run.state.timers)
    run.apply({ type: 'timer.fired', timer, at: due })
    expect(run.state.error).toMatchObject({ code: 'run.timeout' })
  })

  it('reminds nobody who has decided', () => {
    const approvers = [{ email: 'a@x.com' }, { email: 'b@x.com' }]
    const run = begun(
      workflow([{ id: 'review', type: 'gate', config: { approvers, policy: 'all', reminder_ms: MINUTE } }]),
    )
    run.apply(approved(run, 'review'))
    const [timer = ''] = Object.keys(run.state.timers)
    const { seq } = run.state
    const { commands, events } = run.apply({ type: 'timer.fired', timer, at: plus(T0, MINUTE) })
    expect(commands.flatMap((c) => (c.do === 'send' ? [c.message.to] : []))).toEqual(['b@x.com'])
    expect(events.map((event) => event.seq)).toEqual([seq + 1])
  })
})

describe('a run that branches off', () => {
  it('takes along what came before the step, and nothing of the step itself or after it', () => {
    const gate = (id: string) => ({ id, type: 'gate', config: { approvers: [{ email: 'a@x.com' }] } })
    const run = begun(workflow([gate('first'), { id: 'one', type: 'call' }, gate('second'), gate('third')]))
    run.apply(approved(run, 'first'))
    run.apply(done(one))
    run.apply(approved(run, 'second'))
    const off = branchOff(run.program, run.state, run.data, 'second', { ...run.data.run, id: 'run_2' })
    expect(off?.data.outputs.map(({ step }) => step)).toEqual(['first', 'one'])
    expect(Object.keys(off?.state.scopes.root?.bindings ?? {})).toEqual(['first'])
    expect(off?.state).toMatchObject({ epoch: 1, seq: 0, waits: {}, timers: {} })
  })
})
