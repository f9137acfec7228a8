import { describe, expect, it } from 'vitest'
import type { Command } from './commands.ts'
import type { RetryPolicy } from './definition.ts'
import type { ActivityRef, RunEvent } from './events.ts'
import { MAX_STEPS } from './flow.ts'
import type { DecidedBy } from './state.ts'
import { begun, ONCE, T0, testRun, workflow } from './testkit.ts'
import type { Transition } from './transition.ts'

const MINUTE = 60_000
const later = (ms: number) => new Date(Date.parse(T0) + ms).toISOString()
const manager: DecidedBy = { via: 'link', id: 'a1', label: 'manager@company.com' }

const ref = (step: string, more: Partial<ActivityRef> = {}): ActivityRef => ({
  path: 'root',
  step,
  visit: 1,
  attempt: 1,
  epoch: 0,
  ...more,
})
const succeeded = (step: string, output: object, more: Partial<ActivityRef> = {}): RunEvent => ({
  type: 'step.succeeded',
  activity: ref(step, more),
  result: { output: output as never, input: null, ai_calls: [] },
  at: T0,
})
const failed = (
  step: string,
  error: { retryable?: boolean; code?: string; retry_after_ms?: number } = {},
  more: Partial<ActivityRef> = {},
  at = T0,
): RunEvent => ({
  type: 'step.failed',
  activity: ref(step, more),
  error: {
    code: error.code ?? 'http.status',
    message: 'It answered 500.',
    retryable: error.retryable ?? true,
    retry_after_ms: error.retry_after_ms ?? null,
  },
  result: { input: null, ai_calls: [] },
  at,
})
const decided = (
  decision: 'approve' | 'reject' | 'revise',
  more: { approver?: string; comment?: string; wait?: string } = {},
): RunEvent => ({
  type: 'approval.decided',
  wait: more.wait ?? 'root:review:1:0',
  decision,
  comment: more.comment ?? '',
  approver: more.approver ?? 'a1',
  by: manager,
  at: T0,
})
const fired = (timer: string, at: string): RunEvent => ({ type: 'timer.fired', timer, at })

const facts = (made: Transition) =>
  made.events.map((e) => ('step' in e && typeof e.step === 'string' ? `${e.type} ${e.step}` : e.type))
const wanted = (made: Transition) => made.commands.map(brief)
function brief(c: Command): string {
  if (c.do === 'call') return `call ${c.key}#${c.activity.attempt} ${c.workflow} ${JSON.stringify(c.inputs)}`
  if (c.do === 'execute' || c.do === 'abandon' || c.do === 'hang_up') return `${c.do} ${c.key}#${c.activity.attempt}`
  if (c.do === 'arm_timer') return `arm ${c.key} @${(Date.parse(c.timer.due) - Date.parse(T0)) / 1000}s`
  if (c.do === 'disarm_timer') return `disarm ${c.key}`
  return `send ${c.message.kind} ${c.message.to}`
}

const gate = (more: object = {}) => ({
  id: 'review',
  type: 'gate',
  config: { approvers: [{ email: 'manager@company.com' }], ...more },
})
const team = [{ email: 'a@x.com' }, { email: 'b@x.com' }, { email: 'c@x.com' }]

describe('start', () => {
  it('enters the first step and asks for its execution under its effect key', () => {
    const { first, state } = begun(workflow([{ id: 'one', type: 'call' }]))
    expect(facts(first)).toEqual(['run.created', 'run.started', 'step.started one'])
    expect(wanted(first)).toEqual(['execute run_1:root:one:1:0#1'])
    expect(state.status).toBe('running')
  })

  it('is refused a second time', () => {
    const run = begun(workflow([{ id: 'one', type: 'call' }]))
    expect(run.apply({ type: 'start', at: T0 }).refused).toBe('wrong_state')
  })

  it('arms the limit of the whole run', () => {
    const { first } = begun(workflow([{ id: 'one', type: 'call' }], { limits: { timeout_ms: 10 * MINUTE } }))
    expect(wanted(first)).toContain('arm run_timeout:0 @600s')
  })
})

describe('a sequence', () => {
  it('goes on with the following step and completes after the last', () => {
    const run = begun(
      workflow(
        [
          { id: 'one', type: 'call' },
          { id: 'two', type: 'call' },
        ],
        { outputs: { said: 'done' } },
      ),
    )
    const made = run.apply(succeeded('one', { n: 1 }))
    expect(facts(made)).toEqual(['step.completed one', 'step.started two'])
    expect(wanted(made)).toEqual(['execute run_1:root:two:1:0#1'])
    const end = run.apply(succeeded('two', { n: 2 }))
    expect(facts(end)).toEqual(['step.completed two', 'run.completed'])
    expect(end.commands).toEqual([])
    expect(end.events.at(-1)).toMatchObject({ outputs: { said: 'done' } })
    expect(run.state.status).toBe('completed')
  })

  it('decides pure steps on the way without a commit of their own', () => {
    const run = begun(
      workflow([
        { id: 'one', type: 'call' },
        { id: 'fork', type: 'choose', config: { of: 'good', yes: 'three', no: 'two' } },
        { id: 'two', type: 'call' },
        { id: 'three', type: 'call' },
      ]),
    )
    const made = run.apply(succeeded('one', { good: true }))
    expect(facts(made)).toEqual([
      'step.completed one',
      'step.started fork',
      'step.completed fork',
      'step.started three',
    ])
  })

  it('numbers its history without a gap', () => {
    const run = begun(
      workflow([
        { id: 'one', type: 'call' },
        { id: 'two', type: 'call' },
      ]),
    )
    const seqs = [
      ...run.first.events,
      ...run.apply(succeeded('one', {})).events,
      ...run.apply(succeeded('two', {})).events,
    ].map((e) => e.seq)
    expect(seqs).toEqual(seqs.map((_, i) => i + 1))
  })

  it('refuses an answer to an attempt that is not under way, and changes nothing', () => {
    const run = begun(
      workflow([
        { id: 'one', type: 'call' },
        { id: 'two', type: 'call' },
      ]),
    )
    run.apply(succeeded('one', {}))
    const before = run.state
    for (const stale of [
      succeeded('one', {}),
      succeeded('two', {}, { attempt: 2 }),
      succeeded('two', {}, { visit: 2 }),
      succeeded('two', {}, { epoch: 1 }),
    ]) {
      expect(run.apply(stale).refused).toBe('stale')
    }
    expect(run.state).toBe(before)
  })

  it('skips a step whose `when` is false, and goes on', () => {
    const { first } = begun(
      workflow([
        { id: 'one', type: 'call', when: 'inputs.wanted' },
        { id: 'two', type: 'call' },
      ]),
      { inputs: { wanted: false } },
    )
    expect(facts(first)).toEqual(['run.created', 'run.started', 'step.skipped one', 'step.started two'])
  })

  it('fails a step whose `when` cannot be evaluated', () => {
    const { first, state } = begun(workflow([{ id: 'one', type: 'call', when: 'inputs.nowhere > 3' }]))
    expect(facts(first)).toEqual(['run.created', 'run.started', 'step.started one', 'step.failed one', 'run.failed'])
    expect(state.error?.message).toContain('nowhere')
  })

  it('ends a loop at the limit of visits', () => {
    const run = testRun(
      workflow([{ id: 'one', type: 'choose', next: 'one', config: { of: 'x', yes: 'one', no: 'one' } }]),
    )
    const made = run.apply({ type: 'start', at: T0 })
    expect(made.events.filter((e) => e.type === 'step.completed')).toHaveLength(25)
    expect(run.state).toMatchObject({ status: 'failed', error: { code: 'run.step_limit', step: 'one' } })
  })

  it('ends at the limit of steps, and a retry counts anew', () => {
    const run = begun(
      workflow([
        { id: 'one', type: 'call' },
        { id: 'two', type: 'call' },
        { id: 'three', type: 'call' },
      ]),
    )
    run.state = { ...run.state, taken: MAX_STEPS - 1 }
    expect(facts(run.apply(succeeded('one', {})))).toEqual(['step.completed one', 'step.started two'])
    expect(facts(run.apply(succeeded('two', {})))).toEqual(['step.completed two', 'run.failed'])
    expect(run.state).toMatchObject({ status: 'failed', error: { code: 'run.step_limit', step: 'three' } })
    const made = run.apply({ type: 'retry', from: null, inputs: null, at: T0 })
    expect(wanted(made)).toEqual(['execute run_1:root:three:1:1#1'])
    expect(run.state.taken).toBe(1)
  })
})

describe('a failing step', () => {
  const policy: RetryPolicy = { ...ONCE, max_attempts: 3, interval_ms: 2_000 }

  it('is tried again after its back-off, which grows', () => {
    const run = begun(workflow([{ id: 'one', type: 'call', retry: policy }]))
    const first = run.apply(failed('one'))
    expect(facts(first)).toEqual(['step.failed one'])
    expect(wanted(first)).toEqual(['arm backoff:run_1:root:one:1:0:1 @2s'])
    const again = run.apply(fired('backoff:run_1:root:one:1:0:1', later(2_000)))
    expect(wanted(again)).toEqual(['execute run_1:root:one:1:0#2'])
    const second = run.apply(failed('one', {}, { attempt: 2 }))
    expect(wanted(second)).toEqual(['arm backoff:run_1:root:one:1:0:2 @4s'])
    run.apply(fired('backoff:run_1:root:one:1:0:2', later(4_000)))
    const last = run.apply(failed('one', {}, { attempt: 3 }))
    expect(facts(last)).toEqual(['step.failed one', 'run.failed'])
    expect(run.state.error).toEqual({ code: 'http.status', message: 'It answered 500.', step: 'one' })
  })

  it('waits at least as long as the other side asks', () => {
    const run = begun(workflow([{ id: 'one', type: 'call', retry: policy }]))
    expect(wanted(run.apply(failed('one', { retry_after_ms: 30_000 })))).toEqual([
      'arm backoff:run_1:root:one:1:0:1 @30s',
    ])
  })

  it('is not tried again when that cannot help', () => {
    const run = begun(workflow([{ id: 'one', type: 'call', retry: policy }]))
    expect(facts(run.apply(failed('one', { retryable: false })))).toEqual(['step.failed one', 'run.failed'])
  })

  it('is tried again only for the codes the author lists', () => {
    const run = begun(workflow([{ id: 'one', type: 'call', retry: { ...policy, on: ['http.timeout'] } }]))
    expect(facts(run.apply(failed('one')))).toEqual(['step.failed one', 'run.failed'])
  })

  it('is not tried again where nothing reaches out: a form that expired stays so', () => {
    const run = begun(
      workflow([
        { id: 'ask', type: 'ask', retry: { ...policy, on: ['step.timeout'] }, config: { timeout_ms: MINUTE } },
      ]),
    )
    const made = run.apply(fired('expiry:root:ask:1:0:1', later(MINUTE)))
    expect(facts(made)).toEqual(['run.resumed', 'wait.closed', 'step.failed ask', 'run.failed'])
  })

  it('goes where `on_error` says', () => {
    const run = begun(
      workflow([
        { id: 'one', type: 'call', on_error: 'mend' },
        { id: 'two', type: 'call' },
        { id: 'mend', type: 'call' },
      ]),
    )
    const made = run.apply(failed('one', { retryable: false }))
    expect(facts(made)).toEqual(['step.failed one', 'step.started mend'])
  })

  it('spreads the back-off by the same share on every replay', () => {
    const make = () =>
      begun(workflow([{ id: 'one', type: 'call', retry: { ...policy, jitter: 0.5 } }])).apply(failed('one'))
    expect(wanted(make())).toEqual(wanted(make()))
    expect(wanted(make())).not.toEqual(['arm backoff:run_1:root:one:1:0:1 @2s'])
  })
})

describe('a form', () => {
  const asks = workflow([
    { id: 'ask', type: 'ask', config: { assignee: 'sarah@company.com', timeout_ms: MINUTE } },
    { id: 'two', type: 'call' },
  ])

  it('waits, arms its expiry and writes to its assignee', () => {
    const { first, state } = begun(asks)
    expect(facts(first)).toEqual(['run.created', 'run.started', 'step.started ask', 'wait.opened', 'run.waiting'])
    expect(wanted(first)).toEqual(['arm expiry:root:ask:1:0:1 @60s', 'send form_request sarah@company.com'])
    expect(state.status).toBe('waiting')
  })

  it('completes with what was submitted, and the run goes on', () => {
    const run = begun(asks)
    const made = run.apply({
      type: 'form.submitted',
      wait: 'root:ask:1:0',
      values: { topic: 'AI' },
      by: manager,
      at: T0,
    })
    expect(facts(made)).toEqual(['run.resumed', 'wait.closed', 'step.completed ask', 'step.started two'])
    expect(wanted(made)).toEqual(['disarm expiry:root:ask:1:0:1', 'execute run_1:root:two:1:0#1'])
    expect(run.data.outputs).toEqual([
      { path: 'root', step: 'ask', visit: 1, output: { topic: 'AI' }, source: 'person' },
    ])
  })

  it('takes one submission', () => {
    const run = begun(asks)
    const submit: RunEvent = { type: 'form.submitted', wait: 'root:ask:1:0', values: {}, by: manager, at: T0 }
    run.apply(submit)
    expect(run.apply(submit).refused).toBe('wait_closed')
  })

  it('fails when nobody answers in time, and not a moment before', () => {
    const run = begun(asks)
    expect(run.apply(fired('expiry:root:ask:1:0:1', later(MINUTE - 1))).refused).toBe('timer_early')
    expect(facts(run.apply(fired('expiry:root:ask:1:0:1', later(MINUTE))))).toEqual([
      'run.resumed',
      'wait.closed',
      'step.failed ask',
      'run.failed',
    ])
    expect(run.apply(fired('expiry:root:ask:1:0:1', later(MINUTE))).refused).toBe('run_over')
  })
})

describe('an approval', () => {
  it('writes to the approvers, with reminder and expiry', () => {
    const { first } = begun(workflow([gate({ timeout_ms: 10 * MINUTE, reminder_ms: 4 * MINUTE })]))
    expect(wanted(first)).toEqual([
      'arm expiry:root:review:1:0:1 @600s',
      'arm reminder:root:review:1:0:1:1 @240s',
      'send approval_request manager@company.com',
    ])
  })

  it('reminds until it ends, and never after', () => {
    const run = begun(workflow([gate({ timeout_ms: 10 * MINUTE, reminder_ms: 4 * MINUTE })]))
    const first = run.apply(fired('reminder:root:review:1:0:1:1', later(4 * MINUTE)))
    expect(wanted(first)).toEqual([
      'send approval_reminder manager@company.com',
      'arm reminder:root:review:1:0:1:2 @480s',
    ])
    const second = run.apply(fired('reminder:root:review:1:0:1:2', later(8 * MINUTE)))
    expect(wanted(second)).toEqual(['send approval_reminder manager@company.com'])
  })

  it('goes on when it is approved', () => {
    const run = begun(workflow([gate(), { id: 'two', type: 'call' }]))
    const made = run.apply(decided('approve', { comment: 'Fine by me' }))
    expect(facts(made)).toEqual([
      'wait.decided',
      'run.resumed',
      'wait.closed',
      'step.completed review',
      'step.started two',
    ])
    expect(run.data.outputs.at(-1)).toMatchObject({
      output: {
        approved: true,
        decision: 'approve',
        decided_by: 'manager@company.com',
        decided_at: T0,
        comment: 'Fine by me',
      },
      source: 'decision',
    })
  })

  it('fails the run with the reason when it is rejected', () => {
    const run = begun(workflow([gate(), { id: 'two', type: 'call' }]))
    run.apply(decided('reject', { comment: 'Not our tone' }))
    expect(run.state).toMatchObject({
      status: 'failed',
      error: {
        code: 'approval.rejected',
        message: 'manager@company.com rejected review: Not our tone',
        step: 'review',
      },
    })
  })

  it('goes where `on_reject` says', () => {
    const run = begun(
      workflow([gate({ on_reject: 'sorry' }), { id: 'two', type: 'call', next: null }, { id: 'sorry', type: 'call' }]),
    )
    expect(facts(run.apply(decided('reject')))).toContain('step.started sorry')
  })

  it('takes one decision per wait: the second is refused', () => {
    const run = begun(workflow([gate(), { id: 'two', type: 'call' }]))
    run.apply(decided('approve'))
    expect(run.apply(decided('reject')).refused).toBe('wait_closed')
  })

  it('is refused to people it does not ask, and to who started the run', () => {
    const run = begun(workflow([gate({ approvers: [{ email: 'sarah@company.com' }, { email: 'b@x.com' }] })]))
    expect(run.apply(decided('approve', { approver: 'a9' })).refused).toBe('not_approver')
    expect(run.apply(decided('approve', { approver: 'a1' })).refused).toBe('self_approval')
    expect(run.apply(decided('approve', { approver: 'a2' })).refused).toBeNull()
  })

  it('refuses a choice it does not offer', () => {
    const run = begun(workflow([gate({ choices: ['approve', 'reject'] })]))
    expect(run.apply(decided('revise')).refused).toBe('choice_not_offered')
  })

  it('fails where nobody stands behind its approvers, or too few', () => {
    expect(begun(workflow([gate({ approvers: [{ role: 'editor' }] })])).state.error?.code).toBe('approval.no_approvers')
    expect(begun(workflow([gate({ approvers: team, policy: { at_least: 4 } })])).state.error?.code).toBe(
      'approval.quorum_impossible',
    )
  })

  it('asks each address once', () => {
    const { first } = begun(workflow([gate({ approvers: [{ email: 'a@x.com' }, { email: 'A@x.com' }] })]))
    expect(wanted(first)).toEqual(['send approval_request A@x.com'])
  })
})

describe('a quorum', () => {
  const votes = (policy: unknown, ...choices: ('approve' | 'reject')[]) => {
    const run = begun(workflow([gate({ approvers: team, policy }), { id: 'two', type: 'call' }]))
    choices.forEach((choice, i) => {
      run.apply(decided(choice, { approver: `a${i + 1}` }))
    })
    return run.state.status
  }
  it.each([
    ['any', ['approve'], 'running'],
    ['any', ['reject'], 'failed'],
    ['all', ['approve', 'approve'], 'waiting'],
    ['all', ['approve', 'approve', 'approve'], 'running'],
    ['all', ['approve', 'reject'], 'failed'],
    [{ at_least: 2 }, ['approve'], 'waiting'],
    [{ at_least: 2 }, ['approve', 'approve'], 'running'],
    [{ at_least: 2 }, ['reject', 'approve', 'approve'], 'running'],
    [{ at_least: 2 }, ['reject', 'reject'], 'failed'],
    ['sequential', ['approve', 'approve', 'approve'], 'running'],
    ['sequential', ['approve', 'reject'], 'failed'],
  ] as const)('%j with %j is %s', (policy, choices, status) => {
    expect(votes(policy, ...choices)).toBe(status)
  })

  it('in sequence asks one after the other and refuses who is not yet asked', () => {
    const run = begun(workflow([gate({ approvers: team, policy: 'sequential' })]))
    expect(wanted(run.first)).toEqual(['send approval_request a@x.com'])
    expect(run.apply(decided('approve', { approver: 'a2' })).refused).toBe('not_your_turn')
    expect(wanted(run.apply(decided('approve', { approver: 'a1' })))).toEqual(['send approval_request b@x.com'])
    expect(run.state.status).toBe('waiting')
  })

  it('takes one voice per approver', () => {
    const run = begun(workflow([gate({ approvers: team, policy: 'all' })]))
    run.apply(decided('approve', { approver: 'a1' }))
    expect(run.apply(decided('approve', { approver: 'a1' })).refused).toBe('decided')
  })
})

describe('an approval that nobody decides', () => {
  const expire = (more: object, steps: Parameters<typeof workflow>[0] = []) => {
    const run = begun(workflow([gate({ timeout_ms: MINUTE, ...more }), ...steps]))
    const made = run.apply(fired('expiry:root:review:1:0:1', later(MINUTE)))
    return { run, made }
  }

  it('is rejected: silence never approves', () => {
    expect(expire({}).run.state).toMatchObject({ status: 'failed', error: { code: 'approval.expired' } })
  })
  it('approves only where the author wrote so', () => {
    expect(facts(expire({ on_timeout: { do: 'approve' } }, [{ id: 'two', type: 'call' }]).made)).toContain(
      'step.started two',
    )
  })
  it('fails, and `on_error` may catch it', () => {
    expect(expire({ on_timeout: { do: 'fail' } }).run.state.error?.code).toBe('approval.expired')
  })
  it('goes to the step that is named', () => {
    expect(
      facts(
        expire({ on_timeout: { do: 'jump', to: 'plan_b' } }, [
          { id: 'two', type: 'call' },
          { id: 'plan_b', type: 'call' },
        ]).made,
      ),
    ).toContain('step.started plan_b')
  })
  it('goes to other people, whose links are new, and after them is rejected', () => {
    const { run, made } = expire({ on_timeout: { do: 'escalate' }, escalate_to: [{ email: 'boss@x.com' }] })
    expect(wanted(made)).toEqual(['arm expiry:root:review:1:0:2 @120s', 'send approval_escalation boss@x.com'])
    expect(run.state.waits['root:review:1:0']).toMatchObject({ generation: 2, approvers: [{ email: 'boss@x.com' }] })
    run.apply(fired('expiry:root:review:1:0:2', later(2 * MINUTE)))
    expect(run.state.error?.code).toBe('approval.expired')
  })
})

describe('a revision', () => {
  const definition = workflow([{ id: 'draft', type: 'call' }, gate({ on_revise: { to: 'draft', max: 1 } })])

  it('goes back with the comment as feedback, as often as allowed', () => {
    const run = begun(definition)
    run.apply(succeeded('draft', { text: 'one' }))
    const made = run.apply(decided('revise', { comment: 'Shorter, please' }))
    expect(facts(made)).toEqual([
      'wait.decided',
      'run.resumed',
      'wait.closed',
      'step.completed review',
      'step.started draft',
    ])
    expect(run.state.scopes.root?.feedback).toEqual({ draft: 'Shorter, please' })
    run.apply(succeeded('draft', { text: 'two' }, { visit: 2 }))
    expect(run.state.scopes.root?.feedback).toEqual({})
    expect(run.apply(decided('revise', { wait: 'root:review:2:0' })).refused).toBe('choice_not_offered')
    expect(run.apply(decided('approve', { wait: 'root:review:2:0' })).refused).toBeNull()
    expect(run.state.status).toBe('completed')
  })
})

describe('what was approved', () => {
  const draft = (more: { second: object }) => {
    const run = begun(
      workflow([
        { id: 'draft', type: 'write' },
        gate(),
        { id: 'polish', type: 'write' },
        { id: 'publish', type: 'call' },
      ]),
    )
    run.apply(succeeded('draft', { title: 'A', body: 'text' }))
    run.apply(decided('approve'))
    return { run, made: run.apply(succeeded('polish', more.second)) }
  }

  it('is what runs: a later change of it puts the question again before anything goes out', () => {
    const { run, made } = draft({ second: { title: 'B' } })
    expect(facts(made)).toEqual(['step.completed polish', 'step.started review', 'wait.opened', 'run.waiting'])
    expect(made.events.find((e) => e.type === 'wait.opened')).toMatchObject({
      opening: { show: { title: 'B', body: 'text' } },
    })
    expect(facts(run.apply(decided('approve', { wait: 'root:review:2:0' })))).toContain('step.started publish')
    expect(run.state.status).toBe('running')
  })

  it('does not grow by what was produced since', () => {
    expect(facts(draft({ second: { summary: 'new', title: 'A' } }).made)).toEqual([
      'step.completed polish',
      'step.started publish',
    ])
  })

  it('may be changed three times; then the run fails and says what to do', () => {
    const loop = begun(
      workflow([
        { id: 'draft', type: 'write' },
        gate(),
        { id: 'polish', type: 'write' },
        { id: 'publish', type: 'call', next: 'polish' },
      ]),
    )
    loop.apply(succeeded('draft', { title: '0' }))
    loop.apply(decided('approve'))
    for (const round of [1, 2, 3]) {
      loop.apply(succeeded('polish', { title: String(round) }, { visit: round }))
      loop.apply(decided('approve', { wait: `root:review:${round + 1}:0` }))
      loop.apply(succeeded('publish', {}, { visit: round }))
    }
    loop.apply(succeeded('polish', { title: '4' }, { visit: 4 }))
    expect(loop.state).toMatchObject({ status: 'failed', error: { code: 'approval.changed', step: 'review' } })
  })
})

describe('a place that changes hands', () => {
  const reassigned = (approver: string, email: string): RunEvent => ({
    type: 'approval.reassigned',
    wait: 'root:review:1:0',
    approver,
    to: { email, user_id: null },
    by: manager,
    at: T0,
  })
  it('asks the new one; the old place is gone', () => {
    const run = begun(workflow([gate({ approvers: team })]))
    const made = run.apply(reassigned('a1', 'd@x.com'))
    expect(wanted(made)).toEqual(['send approval_request d@x.com'])
    expect(run.apply(decided('approve', { approver: 'a1' })).refused).toBe('not_approver')
    expect(run.apply(decided('approve', { approver: 'a4' })).refused).toBeNull()
  })
  it('is refused for somebody who is asked already', () => {
    expect(begun(workflow([gate({ approvers: team })])).apply(reassigned('a1', 'b@x.com')).refused).toBe(
      'already_asked',
    )
  })
})

describe('cancel', () => {
  const cancel: RunEvent = { type: 'cancel', reason: 'No longer needed', at: T0 }

  it('takes back what was given, and nothing follows', () => {
    const run = begun(
      workflow(
        [
          { id: 'one', type: 'call' },
          { id: 'two', type: 'call' },
        ],
        { limits: { timeout_ms: MINUTE } },
      ),
    )
    const made = run.apply(cancel)
    expect(facts(made)).toEqual(['step.canceled one', 'run.canceled'])
    expect(wanted(made)).toEqual(['abandon run_1:root:one:1:0#1', 'disarm run_timeout:0'])
    for (const event of [succeeded('one', {}), cancel, fired('run_timeout:0', later(MINUTE))])
      expect(run.apply(event).refused).toBe('run_over')
  })

  it('closes a wait and disarms its timers', () => {
    const run = begun(workflow([gate({ timeout_ms: MINUTE })]))
    const made = run.apply(cancel)
    expect(facts(made)).toEqual(['wait.closed', 'step.canceled review', 'run.canceled'])
    expect(wanted(made)).toEqual(['disarm expiry:root:review:1:0:1'])
    expect(run.state).toMatchObject({ status: 'canceled', waits: {}, timers: {} })
  })

  it('reaches a step that waits for its next attempt', () => {
    const run = begun(workflow([{ id: 'one', type: 'call', retry: { ...ONCE, max_attempts: 2 } }]))
    run.apply(failed('one'))
    expect(wanted(run.apply(cancel))).toEqual(['disarm backoff:run_1:root:one:1:0:1'])
  })
})

describe('the limit of a run', () => {
  it('fails it wherever it stands', () => {
    const run = begun(workflow([gate()], { limits: { timeout_ms: MINUTE } }))
    const made = run.apply(fired('run_timeout:0', later(MINUTE)))
    expect(facts(made)).toEqual(['wait.closed', 'step.canceled review', 'run.failed'])
    expect(run.state.error?.code).toBe('run.timeout')
  })
})

describe('retry of a failed run', () => {
  const definition = workflow([
    { id: 'one', type: 'call' },
    { id: 'two', type: 'call' },
  ])
  const broken = () => {
    const run = begun(definition)
    run.apply(succeeded('one', { n: 1 }))
    run.apply(failed('two', { retryable: false }))
    return run
  }

  it('goes on at the failed step in a new epoch, keeping what was good', () => {
    const run = broken()
    const made = run.apply({ type: 'retry', from: null, inputs: null, at: T0 })
    expect(facts(made)).toEqual(['run.reopened', 'step.started two'])
    expect(wanted(made)).toEqual(['execute run_1:root:two:1:1#1'])
    expect(run.data.outputs.map((o) => o.step)).toEqual(['one'])
    expect(run.state).toMatchObject({ status: 'running', epoch: 1, error: null })
  })

  it('goes back to an earlier step with edited inputs', () => {
    const run = broken()
    const made = run.apply({ type: 'retry', from: 'one', inputs: { topic: 'new' }, at: T0 })
    expect(facts(made)).toEqual(['run.reopened', 'step.started one'])
    expect(run.data.inputs).toEqual({ topic: 'new' })
  })

  it('begins a canceled run where it stood', () => {
    const run = begun(definition)
    run.apply(succeeded('one', {}))
    run.apply({ type: 'cancel', reason: '', at: T0 })
    expect(facts(run.apply({ type: 'retry', from: null, inputs: null, at: T0 }))).toContain('step.started two')
  })

  it('is refused for a run that is not over, and for a step that is not there', () => {
    expect(begun(definition).apply({ type: 'retry', from: null, inputs: null, at: T0 }).refused).toBe('wrong_state')
    expect(broken().apply({ type: 'retry', from: 'nowhere', inputs: null, at: T0 }).refused).toBe('unknown_step')
  })
})
