import { describe, expect, it } from 'vitest'
import { DAY, HOUR, plus } from '../time.ts'
import type { ApprovalOpening } from './catalog.ts'
import type { WorkflowDefinition } from './definition.ts'
import type { ActivityRef } from './events.ts'
import { createProgram } from './program.ts'
import { type Attempted, createVirtualClock, holdRun, passTime } from './simulate.ts'
import { ONCE, T0, testCatalog, testData, workflow } from './testkit.ts'

const BY = { via: 'app', id: 'usr_m', label: 'manager@company.com' } as const

function play(
  definition: WorkflowDefinition,
  execute: (activity: ActivityRef) => Attempted = () => good({ ok: true }),
  inputs = {},
) {
  const clock = createVirtualClock(T0)
  const calls: string[] = []
  const run = holdRun({
    program: createProgram(definition, testCatalog),
    data: testData({ inputs }),
    now: clock.now,
    execute: async (activity, key) => {
      calls.push(`${activity.step} ${activity.visit}.${activity.attempt} ${key}`)
      return execute(activity)
    },
  })
  return {
    run,
    clock,
    calls,
    begin: () => {
      run.apply({ type: 'start', at: clock.now() })
      return run.settle()
    },
    wait: (ms: number) => passTime(run, clock, ms),
    submit: async (values = {}) => {
      const [wait = ''] = Object.keys(run.state.waits)
      run.apply({ type: 'form.submitted', wait, values, by: BY, at: clock.now() })
      await run.settle()
    },
    decide: async (decision: 'approve' | 'reject' | 'revise', approver = 'a1') => {
      const [wait = ''] = Object.keys(run.state.waits)
      run.apply({ type: 'approval.decided', wait, decision, comment: 'c', approver, by: BY, at: clock.now() })
      await run.settle()
    },
    /** `type step` of each event since the beginning, with the days that had passed. */
    told: () =>
      run.history.map((event) => {
        const days = (Date.parse(event.at) - Date.parse(T0)) / DAY
        const step = 'step' in event ? ` ${event.step}` : ''
        return `${Number(days.toFixed(3))} ${event.type}${step}`
      }),
  }
}

function good(output: object): Attempted {
  return { ok: true, result: { output: { ...output }, input: null, ai_calls: [] } }
}

function bad(retryable: boolean): Attempted {
  const error = { code: 'http.status', message: 'no', retryable, retry_after_ms: null }
  return { ok: false, error, result: { input: null, ai_calls: [] } }
}

const gate = (config: Partial<ApprovalOpening>) => ({
  id: 'review',
  type: 'gate',
  config: { approvers: [{ email: 'manager@company.com' }], ...config },
})

describe('the in-memory runner', () => {
  it('plays an approval with reminders and an escalation over 30 days in milliseconds', async () => {
    const began = performance.now()
    const game = play(
      workflow([
        gate({
          timeout_ms: 20 * DAY,
          reminder_ms: 7 * DAY,
          on_timeout: { do: 'escalate' },
          escalate_to: [{ email: 'director@company.com' }],
        }),
        { id: 'publish', type: 'call' },
      ]),
    )
    await game.begin()
    await game.wait(30 * DAY)
    expect(game.run.state.status).toBe('waiting')
    expect(game.clock.now()).toBe(plus(T0, 30 * DAY))
    expect(game.told().filter((line) => line.includes('wait.'))).toEqual([
      '0 wait.opened',
      '7 wait.reminded',
      '14 wait.reminded',
      '20 wait.escalated',
      '27 wait.reminded',
    ])
    expect(game.run.messages.map(({ at, message }) => `${at.slice(0, 10)} ${message.kind} ${message.to}`)).toEqual([
      '2026-01-05 approval_request manager@company.com',
      '2026-01-12 approval_reminder manager@company.com',
      '2026-01-19 approval_reminder manager@company.com',
      '2026-01-25 approval_escalation director@company.com',
      '2026-02-01 approval_reminder director@company.com',
    ])
    await game.decide('approve')
    expect(game.run.state.status).toBe('completed')
    expect(game.calls).toEqual(['publish 1.1 run_1:root:publish:1:0'])
    expect(performance.now() - began).toBeLessThan(2_000)
  })

  it.each([
    ['reject', 'failed', 'wait.closed'],
    ['approve', 'completed', 'wait.closed'],
    ['fail', 'failed', 'wait.closed'],
  ] as const)('lets silence %s when the timeout says so, and not a moment early', async (act, status, last) => {
    const game = play(workflow([gate({ timeout_ms: 24 * HOUR, on_timeout: { do: act } })]))
    await game.begin()
    await game.wait(24 * HOUR - 1)
    expect(game.run.state.status).toBe('waiting')
    await game.wait(1)
    expect(game.run.state.status).toBe(status)
    expect(game.told().filter((line) => line.includes(last))).toEqual(['1 wait.closed'])
    expect(game.run.nextTimer()).toBeNull()
  })

  it('ends a form nobody fills in, and a run that takes too long', async () => {
    const form = play(workflow([{ id: 'ask', type: 'ask', config: { timeout_ms: 2 * DAY } }]))
    await form.begin()
    await form.wait(3 * DAY)
    expect(form.told().at(-1)).toBe('2 run.failed')
    const long = play(workflow([{ id: 'ask', type: 'ask' }], { limits: { timeout_ms: 5 * DAY } }))
    await long.begin()
    await long.wait(30 * DAY)
    expect(long.run.state.error).toMatchObject({ code: 'run.timeout' })
    expect(long.told().at(-1)).toBe('5 run.failed')
  })

  it('waits out a back-off in virtual time, with the same key for each attempt', async () => {
    const retry = { ...ONCE, max_attempts: 3, interval_ms: 1_000, backoff_rate: 10 }
    const game = play(workflow([{ id: 'call', type: 'call', retry }]), ({ attempt }) =>
      attempt < 3 ? bad(true) : good({ done: true }),
    )
    await game.begin()
    expect(game.calls).toHaveLength(1)
    await game.wait(1_000)
    expect(game.calls).toHaveLength(2)
    await game.wait(10_000)
    expect(game.run.state.status).toBe('completed')
    expect(game.calls.map((call) => call.split(' ')[1])).toEqual(['1.1', '1.2', '1.3'])
    expect(new Set(game.calls.map((call) => call.split(' ')[2])).size).toBe(1)
  })

  it('goes round a revision loop and ends it where the author bounds it', async () => {
    const game = play(
      workflow([{ id: 'draft', type: 'write' }, gate({ on_revise: { to: 'draft', max: 2 } })]),
      ({ visit }) => good({ text: `draft ${visit}` }),
    )
    await game.begin()
    await game.decide('revise')
    await game.decide('revise')
    expect(game.calls.map((call) => call.split(' ')[1])).toEqual(['1.1', '2.1', '3.1'])
    await game.decide('revise')
    expect(game.run.state.status).not.toBe('completed')
    expect(game.calls).toHaveLength(3)
  })

  it('ends a loop without a way out by the limit of visits', async () => {
    const game = play(
      workflow([
        { id: 'one', type: 'call' },
        { id: 'two', type: 'call', next: 'one' },
      ]),
    )
    await game.begin()
    expect(game.run.state).toMatchObject({ status: 'failed', error: { code: 'run.step_limit' } })
    expect(game.calls.length).toBeLessThan(60)
  })

  it('does nothing more after a cancel, whatever time passes', async () => {
    const game = play(workflow([gate({ timeout_ms: DAY, reminder_ms: HOUR }), { id: 'publish', type: 'call' }]))
    await game.begin()
    await game.wait(HOUR)
    game.run.apply({ type: 'cancel', reason: 'no longer needed', at: game.clock.now() })
    const told = game.told()
    await game.wait(30 * DAY)
    await game.decide('approve')
    expect(game.told()).toEqual(told)
    expect(told.at(-1)).toBe('0.042 run.canceled')
    expect(game.calls).toEqual([])
  })

  it('says the same of the same acts, to the letter', async () => {
    const once = async () => {
      const game = play(
        workflow([{ id: 'ask', type: 'ask' }, { id: 'draft', type: 'write' }, gate({ reminder_ms: HOUR })]),
      )
      await game.begin()
      await game.wait(3 * HOUR)
      await game.submit({ topic: 'tea' })
      await game.wait(5 * HOUR)
      await game.decide('approve')
      return JSON.stringify([game.run.history, game.run.messages, game.run.state, game.calls])
    }
    expect(await once()).toBe(await once())
  })
})
