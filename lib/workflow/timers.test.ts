import { describe, expect, it } from 'vitest'
import type { Command } from './commands.ts'
import type { WorkflowDefinition } from './definition.ts'
import { begun, ONCE, T0, type TestRun, workflow } from './testkit.ts'
import type { Transition } from './transition.ts'

const MINUTE = 60_000
const DAYS = 5 * 24 * 60 * MINUTE
const later = (ms: number) => new Date(Date.parse(T0) + ms).toISOString()
const fire = (run: TestRun, timer: string, ms: number) => run.apply({ type: 'timer.fired', timer, at: later(ms) })
const failed = (run: TestRun, attempt = 1, ms = 0, code = 'http.status') =>
  run.apply({
    type: 'step.failed',
    activity: { path: 'root', step: 'one', visit: 1, attempt, epoch: 0 },
    error: { code, message: 'It answered 500.', retryable: true, retry_after_ms: null },
    result: { input: null, ai_calls: [] },
    at: later(ms),
  })

const facts = (made: Transition) =>
  made.events.map((e) => {
    const attempt = 'attempt' in e ? `#${e.attempt}` : ''
    return 'step' in e && typeof e.step === 'string' ? `${e.type} ${e.step}${attempt}` : e.type
  })
const wanted = (made: Transition) => made.commands.map(brief)
function brief(c: Command): string {
  if (c.do === 'arm_timer') return `arm ${c.key} @${(Date.parse(c.timer.due) - Date.parse(T0)) / 1000}s`
  if (c.do === 'disarm_timer') return `disarm ${c.key}`
  return c.do === 'send' ? `send ${c.message.kind}` : `${c.do} ${c.activity.step}#${c.activity.attempt}`
}

const form = workflow([{ id: 'one', type: 'ask', config: { timeout_ms: MINUTE } }])
const gate = (more: object) =>
  workflow([{ id: 'one', type: 'gate', config: { approvers: [{ email: 'a@x.com' }], ...more } }])
const delay = workflow([{ id: 'one', type: 'pause', config: { ms: MINUTE } }])
const split = workflow([
  { id: 'one', type: 'split', timeout_ms: MINUTE, blocks: { a: [{ id: 'inner', type: 'call' }] } },
])
const sub = (more: object = {}) =>
  workflow([{ id: 'one', type: 'sub', config: { workflow: 'Inner' }, timeout_ms: MINUTE, ...more }])
const limited = workflow([{ id: 'one', type: 'call' }], { limits: { timeout_ms: MINUTE } })
const again = workflow([{ id: 'one', type: 'call', retry: { ...ONCE, max_attempts: 2, interval_ms: MINUTE } }])

/** Every kind of timer: what is due after a minute, and what it leads to. */
describe.each<[string, WorkflowDefinition, string, string, ((run: TestRun) => void)?]>([
  ['the end of a form', form, 'expiry:root:one:1:0:1', 'run.failed'],
  ['the end of an approval', gate({ timeout_ms: MINUTE }), 'expiry:root:one:1:0:1', 'run.failed'],
  ['a reminder', gate({ reminder_ms: MINUTE }), 'reminder:root:one:1:0:1:1', 'wait.reminded'],
  ['a delay', delay, 'delay:run_1:root:one:1:0', 'run.completed'],
  ['the next attempt', again, 'backoff:run_1:root:one:1:0:1', 'step.started one#2', (run) => failed(run)],
  ['the time of a fork', split, 'timeout:run_1:root:one:1:0', 'run.failed'],
  ['the time of a call', sub(), 'timeout:run_1:root:one:1:0', 'run.failed'],
  ['the time of a run', limited, 'run_timeout:0', 'run.failed'],
])('%s', (_what, definition, timer, fact, prepare) => {
  const run = () => {
    const made = begun(definition)
    prepare?.(made)
    return made
  }

  it('is refused a moment early, and changes nothing', () => {
    const one = run()
    const before = one.state
    expect(before.timers[timer]?.due).toBe(later(MINUTE))
    expect(fire(one, timer, MINUTE - 1)).toMatchObject({ refused: 'timer_early', events: [], commands: [] })
    expect(one.state).toBe(before)
  })

  it.each([
    ['on time', MINUTE],
    ['days late', DAYS],
  ])('fires once when it is seen %s', (_when, ms) => {
    const one = run()
    expect(facts(fire(one, timer, ms)).filter((each) => each === fact)).toHaveLength(1)
    expect(one.state.timers[timer]).toBeUndefined()
    expect(fire(one, timer, ms).refused).toMatch(/^(timer_gone|run_over)$/)
  })

  it('is gone once its reason is', () => {
    const one = run()
    one.apply({ type: 'cancel', reason: '', at: T0 })
    expect(one.state.timers).toEqual({})
    expect(fire(one, timer, MINUTE).refused).toBe('run_over')
  })
})

describe('after days in which nothing ran', () => {
  it('nobody is reminded of an approval that is over, whichever timer is seen first', () => {
    const run = begun(gate({ reminder_ms: MINUTE, timeout_ms: 3 * MINUTE }))
    const made = fire(run, 'reminder:root:one:1:0:1:1', DAYS)
    expect([made.refused, facts(made), wanted(made)]).toEqual([null, [], []])
    expect(facts(fire(run, 'expiry:root:one:1:0:1', DAYS))).toContain('run.failed')
  })

  it('who is still asked is reminded once, and again after another while', () => {
    const run = begun(gate({ reminder_ms: MINUTE }))
    expect(wanted(fire(run, 'reminder:root:one:1:0:1:1', DAYS))).toEqual([
      'send approval_reminder',
      `arm reminder:root:one:1:0:1:2 @${(DAYS + MINUTE) / 1000}s`,
    ])
  })
})

describe('the time of a step that calls a workflow', () => {
  const patient = (on: readonly string[] | null = ['step.timeout', 'workflow.failed']) =>
    sub({ retry: { ...ONCE, max_attempts: 3, interval_ms: 10_000, backoff_rate: 1, on } })
  const TIMER = 'timeout:run_1:root:one:1:0'
  const RETRY = { ...ONCE, max_attempts: 3, on: ['workflow.failed'] }

  it('is set again for the attempt that follows because it was over', () => {
    const run = begun(patient())
    expect(wanted(fire(run, TIMER, MINUTE))).toEqual(['hang_up one#1', 'arm backoff:run_1:root:one:1:0:1 @70s'])
    expect(wanted(fire(run, 'backoff:run_1:root:one:1:0:1', 70_000))).toEqual(['call one#2', `arm ${TIMER} @130s`])
    expect(wanted(fire(run, TIMER, 130_000))).toEqual(['hang_up one#2', 'arm backoff:run_1:root:one:1:0:2 @140s'])
    fire(run, 'backoff:run_1:root:one:1:0:2', 140_000)
    expect(facts(fire(run, TIMER, 200_000))).toEqual(['run.resumed', 'step.failed one#3', 'run.failed'])
  })

  it('goes on counting over attempts that failed for another reason', () => {
    const run = begun(patient())
    failed(run, 1, 20_000, 'workflow.failed')
    expect(wanted(fire(run, 'backoff:run_1:root:one:1:0:1', 30_000))).toEqual(['call one#2'])
    expect(run.state.timers[TIMER]?.due).toBe(later(MINUTE))
  })

  it('over between two attempts ends the step, and records neither the one that was told nor one that never began', () => {
    const run = begun(patient(['workflow.failed']))
    failed(run, 1, 55_000, 'workflow.failed')
    const made = fire(run, TIMER, MINUTE)
    expect(facts(made)).toEqual(['run.failed'])
    expect(wanted(made)).toEqual(['disarm backoff:run_1:root:one:1:0:1'])
    expect(run.state).toMatchObject({ error: { code: 'step.timeout' }, timers: {} })
  })

  it('over between two attempts goes where `on_error` says', () => {
    const run = begun(
      workflow([
        { id: 'one', type: 'sub', config: { workflow: 'Inner' }, timeout_ms: MINUTE, on_error: 'mend', retry: RETRY },
        { id: 'mend', type: 'call' },
      ]),
    )
    failed(run, 1, 55_000, 'workflow.failed')
    expect(facts(fire(run, TIMER, MINUTE))).toEqual(['step.started mend#1'])
  })

  it('over between two attempts lets the next one come where the author has it tried again', () => {
    const run = begun(patient())
    failed(run, 1, 55_000, 'workflow.failed')
    const made = fire(run, TIMER, MINUTE)
    expect([made.refused, facts(made), wanted(made)]).toEqual([null, [], []])
    expect(wanted(fire(run, 'backoff:run_1:root:one:1:0:1', 65_000))).toEqual(['call one#2', `arm ${TIMER} @125s`])
  })
})
