import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../json.ts'
import type { Command } from './commands.ts'
import type { RunEvent } from './events.ts'
import type { DecidedBy, DecisionKind, EarlyAnswer } from './state.ts'
import { begun, T0, type TestRun, testRun, workflow } from './testkit.ts'
import type { Transition } from './transition.ts'

const later = (ms: number) => new Date(Date.parse(T0) + ms).toISOString()
const nobody = { user_id: null, email: null, place: null }
const key: DecidedBy = { via: 'key', id: 'key_1', label: 'key ci' }

const values = (step: string, given: JsonObject, by = key): EarlyAnswer => ({
  kind: 'form',
  step,
  values: given,
  by,
  at: T0,
})
const decision = (
  kind: DecisionKind,
  more: Partial<Extract<EarlyAnswer, { kind: 'approval' }>> & { step?: string } = {},
): EarlyAnswer => ({
  kind: 'approval',
  step: 'review',
  decision: kind,
  comment: 'said before',
  approver: null,
  speaker: nobody,
  by: key,
  at: T0,
  ...more,
})
const early = (run: TestRun, answer: EarlyAnswer) => run.apply({ type: 'answer.early', answer, at: T0 })
const done = (run: TestRun, step: string, path = 'root', visit = 1): Transition =>
  run.apply({
    type: 'step.succeeded',
    activity: { path, step, visit, attempt: 1, epoch: run.state.epoch },
    result: { output: { n: 1 }, input: null, ai_calls: [] },
    at: T0,
  } satisfies RunEvent)

const facts = (made: Transition) =>
  made.events.map((e) => ('step' in e && typeof e.step === 'string' ? `${e.type} ${e.step}` : e.type))
const wanted = (made: Transition) => made.commands.map(brief)
function brief(c: Command): string {
  if (c.do === 'arm_timer' || c.do === 'disarm_timer') return `${c.do} ${c.key}`
  return c.do === 'send' ? `${c.message.kind} ${c.message.to}` : `${c.do} ${c.activity.step}`
}
const reasons = (made: Transition) => made.events.flatMap((e) => (e.type === 'answer.refused' ? [e.reason] : []))

const ask = (more: object = {}) => ({
  id: 'ask',
  type: 'ask',
  config: { assignee: 'sarah@company.com', timeout_ms: 60_000, ...more },
})
const review = (more: object = {}) => ({
  id: 'review',
  type: 'gate',
  config: { approvers: [{ email: 'manager@company.com' }], timeout_ms: 60_000, ...more },
})
const first = { id: 'one', type: 'call' }
const last = { id: 'last', type: 'call' }

describe('an answer to a form that has not asked yet', () => {
  it('is kept, and nothing else happens', () => {
    const run = begun(workflow([first, ask(), last]))
    const made = early(run, values('ask', { topic: 'AI' }))
    expect(facts(made)).toEqual(['answer.kept ask'])
    expect(wanted(made)).toEqual([])
    expect(run.state.status).toBe('running')
  })

  it('is taken the moment the form opens: nobody is asked, no time is set, the run goes on', () => {
    const run = begun(workflow([first, ask(), last]))
    early(run, values('ask', { topic: 'AI' }))
    const made = done(run, 'one')
    expect(facts(made)).toEqual([
      'step.completed one',
      'step.started ask',
      'wait.opened',
      'wait.closed',
      'step.completed ask',
      'step.started last',
    ])
    expect(wanted(made)).toEqual(['execute last'])
    expect(run.data.outputs.at(-1)).toMatchObject({ step: 'ask', output: { topic: 'AI' }, source: 'person' })
    expect(run.state.early).toEqual([])
    expect(made.events.find((e) => e.type === 'wait.closed')).toMatchObject({ outcome: 'submitted', by: key })
  })

  it('is completed with defaults, and held to the form’s own schema', () => {
    const schema = { type: 'object', properties: { n: { type: 'integer' } }, required: ['n'] } as const
    const field = { key: 'tone', type: 'string', label: 'Tone', required: false, default: 'calm' } as const
    const run = begun(workflow([first, ask({ schema, fields: [field] }), last]))
    early(run, values('ask', { n: 3 }))
    done(run, 'one')
    expect(run.data.outputs.at(-1)?.output).toEqual({ n: 3, tone: 'calm' })
  })

  it('that does not fit is told, and the form asks like any other', () => {
    const schema = { type: 'object', properties: { n: { type: 'integer' } } } as const
    const run = begun(workflow([first, ask({ schema }), last]))
    early(run, values('ask', { n: 'three' }))
    const made = done(run, 'one')
    expect(facts(made)).toEqual([
      'step.completed one',
      'step.started ask',
      'wait.opened',
      'answer.refused ask',
      'run.waiting',
    ])
    expect(reasons(made)).toEqual(['n must be a whole number, not text.'])
    expect(wanted(made)).toEqual(['arm_timer expiry:root:ask:1:0:1', 'form_request sarah@company.com'])
    expect(run.state).toMatchObject({ status: 'waiting', early: [] })
  })

  it('that is a decision is told as well', () => {
    const run = begun(workflow([first, ask(), last]))
    early(run, decision('approve', { step: 'ask' }))
    expect(reasons(done(run, 'one'))).toEqual(['The step asks to fill in a form, and this was a decision.'])
  })

  it('is taken once: a second one is refused as one that was answered', () => {
    const run = begun(workflow([first, ask(), last]))
    early(run, values('ask', { topic: 'AI' }))
    const before = run.state
    expect(early(run, values('ask', { topic: 'Tea' })).refused).toBe('decided')
    expect(run.state).toBe(before)
    done(run, 'one')
    expect(early(run, values('ask', { topic: 'Tea' })).refused).toBe('wait_closed')
  })

  it.each([
    ['that is not there', 'nowhere', 'unknown_step'],
    ['that asks nobody', 'one', 'unknown_step'],
    ['that asks for each item', 'each_asks', 'many_waits'],
  ])('for a step %s is refused', (_what, step, refusal) => {
    const each = {
      id: 'each',
      type: 'each',
      config: { items: [1] },
      blocks: { item: [{ id: 'each_asks', type: 'ask' }] },
    }
    expect(early(begun(workflow([first, ask(), each])), values(step, {})).refused).toBe(refusal)
  })

  it('that asks now is refused: its wait has a name of its own', () => {
    expect(early(begun(workflow([ask()])), values('ask', {})).refused).toBe('wait_open')
  })

  it('is kept while the run waits for its turn', () => {
    const run = testRun(workflow([ask(), last]))
    run.apply({ type: 'start', hold: true, at: T0 })
    expect(facts(early(run, values('ask', {})))).toEqual(['answer.kept ask'])
    expect(run.state.status).toBe('queued')
    expect(facts(run.apply({ type: 'admit', at: T0 }))).toContain('step.started last')
  })
})

describe('what is kept for a step that a run never comes to', () => {
  const choose = { id: 'choose', type: 'choose', config: { of: 'never', yes: 'ask', no: null } }

  it('is forgotten at its end, and the history says so before it ends', () => {
    const run = begun(workflow([first, choose, ask()]))
    early(run, values('ask', {}))
    const made = done(run, 'one')
    expect(facts(made).slice(-2)).toEqual(['answer.forgotten ask', 'run.completed'])
    expect(run.state.early).toEqual([])
    expect(early(run, values('ask', {})).refused).toBe('run_over')
  })

  it('is forgotten with a cancel', () => {
    const run = begun(workflow([first, ask()]))
    early(run, values('ask', {}))
    expect(facts(run.apply({ type: 'cancel', reason: '', at: T0 }))).toEqual([
      'step.canceled one',
      'answer.forgotten ask',
      'run.canceled',
    ])
  })

  it('may be given again after a retry', () => {
    const run = begun(workflow([first, ask(), last]))
    early(run, values('ask', { old: true }))
    run.apply({ type: 'cancel', reason: '', at: T0 })
    run.apply({ type: 'retry', from: null, inputs: null, at: T0 })
    expect(early(run, values('ask', { old: false })).refused).toBeNull()
    done(run, 'one')
    expect(run.data.outputs.at(-1)?.output).toEqual({ old: false })
  })
})

describe('a decision that comes before its approval', () => {
  const two = { approvers: [{ email: 'a@x.com' }, { email: 'b@x.com' }], policy: 'all' }

  it('is taken the moment it opens', () => {
    const run = begun(workflow([first, review(), last]))
    early(run, decision('approve'))
    const made = done(run, 'one')
    expect(facts(made).slice(2)).toEqual([
      'wait.opened',
      'wait.decided',
      'wait.closed',
      'step.completed review',
      'step.started last',
    ])
    expect(wanted(made)).toEqual(['execute last'])
    expect(run.data.outputs.at(-1)).toMatchObject({ output: { decision: 'approve', comment: 'said before' } })
  })

  it('counts as one voice: those who are still awaited are asked', () => {
    const run = begun(workflow([first, review(two), last]))
    early(run, decision('approve', { approver: 'A@x.com' }))
    const made = done(run, 'one')
    expect(wanted(made)).toEqual(['arm_timer expiry:root:review:1:0:1', 'approval_request b@x.com'])
    expect(run.state.status).toBe('waiting')
  })

  it('in sequence leads to one request to the next one', () => {
    const run = begun(workflow([first, review({ ...two, policy: 'sequential' }), last]))
    early(run, decision('approve', { approver: 'a@x.com' }))
    expect(wanted(done(run, 'one')).filter((sent) => sent.startsWith('approval'))).toEqual(['approval_request b@x.com'])
  })

  it('of each approver is taken, in the order in which they came', () => {
    const run = begun(workflow([first, review(two), last]))
    early(run, decision('approve', { approver: 'b@x.com' }))
    expect(early(run, decision('reject', { approver: 'B@x.com' })).refused).toBe('decided')
    early(run, decision('approve', { approver: 'a@x.com' }))
    expect(facts(done(run, 'one'))).toContain('step.started last')
  })

  it('that comes after one which settled it is told as late', () => {
    const run = begun(workflow([first, review({ ...two, policy: 'any' }), last]))
    early(run, decision('approve', { approver: 'a@x.com' }))
    early(run, decision('reject', { approver: 'b@x.com' }))
    const made = done(run, 'one')
    expect(facts(made)).toContain('step.started last')
    expect(reasons(made)).toEqual(['It was decided already.'])
  })

  it('and ends the run lets go of the others before the run is over', () => {
    const run = begun(workflow([first, review({ ...two, policy: 'any' }), last]))
    early(run, decision('reject', { approver: 'a@x.com' }))
    early(run, decision('approve', { approver: 'b@x.com' }))
    expect(facts(done(run, 'one')).slice(-2)).toEqual(['answer.forgotten review', 'run.failed'])
  })

  it.each([
    ['somebody who is not asked', {}, { approver: 'x@x.com' }, /not asked here/],
    ['a person who is not asked', {}, { speaker: { ...nobody, user_id: 'usr_1', email: 'x@x.com' } }, /not asked here/],
    ['nobody in particular, of several', two, {}, /none was named/],
    ['who comes later in a sequence', { ...two, policy: 'sequential' }, { approver: 'b@x.com' }, /asked first/],
    ['a choice that is not offered', { choices: ['reject'] }, {}, /not offered/],
    [
      'who started the run',
      { approvers: [{ email: 'sarah@company.com' }] },
      { speaker: { ...nobody, email: 'sarah@company.com' }, by: { via: 'app', id: 'usr_sarah', label: 'Sarah' } },
      /may not approve/,
    ],
  ] as const)('by %s is told, and the approval asks like any other', (_who, config, more, reason) => {
    const run = begun(workflow([first, review(config), last]))
    early(run, decision('approve', more))
    const made = done(run, 'one')
    expect(reasons(made)).toEqual([expect.stringMatching(reason)])
    expect(wanted(made)).toContain('arm_timer expiry:root:review:1:0:1')
    expect(wanted(made).some((sent) => sent.startsWith('approval_request'))).toBe(true)
  })

  it('is of the first time: what a revision asks again is asked of people', () => {
    const run = begun(workflow([first, review({ on_revise: { to: 'one', max: 2 } }), last]))
    early(run, decision('revise'))
    expect(facts(done(run, 'one'))).toContain('step.started one')
    expect(early(run, decision('approve')).refused).toBe('wait_closed')
    expect(wanted(done(run, 'one', 'root', 2))).toContain('approval_request manager@company.com')
  })
})

describe('in branches', () => {
  const A = 'root/split@0.1/a'
  const split = {
    id: 'split',
    type: 'split',
    blocks: {
      a: [first, ask()],
      b: [
        { id: 'other', type: 'call' },
        { id: 'right', type: 'ask' },
      ],
    },
  }

  it('an answer finds the wait of its own branch', () => {
    const run = begun(workflow([split, last]))
    early(run, values('right', { n: 2 }))
    expect(wanted(done(run, 'one', A))).toContain('form_request sarah@company.com')
    expect(facts(done(run, 'other', 'root/split@0.1/b'))).toContain('step.completed right')
  })

  it('an answer may join what it is in', () => {
    const run = begun(workflow([{ ...split, blocks: { a: [first, ask()] } }, last]))
    early(run, values('ask', { n: 1 }))
    expect(facts(done(run, 'one', A)).slice(-3)).toEqual([
      'step.completed ask',
      'step.completed split',
      'step.started last',
    ])
    expect(early(run, values('ask', {})).refused).toBe('wait_closed')
  })

  it('a branch that ended well has been answered, while others go on', () => {
    const run = begun(workflow([split, last]))
    early(run, values('ask', { n: 1 }))
    done(run, 'one', A)
    expect(run.state.scopes[A]).toBeUndefined()
    expect(early(run, values('ask', {})).refused).toBe('wait_closed')
  })
})

it('keeps an answer over days', () => {
  const run = begun(workflow([{ id: 'rest', type: 'pause', config: { ms: 86_400_000 } }, ask(), last]))
  early(run, values('ask', { n: 1 }))
  const made = run.apply({ type: 'timer.fired', timer: 'delay:run_1:root:rest:1:0', at: later(86_400_000 * 3) })
  expect(facts(made)).toContain('step.started last')
})
