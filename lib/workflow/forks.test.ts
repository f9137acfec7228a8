import { describe, expect, it } from 'vitest'
import type { Json } from '../json.ts'
import type { Command } from './commands.ts'
import type { ActivityRef, RunEvent } from './events.ts'
import type { DecidedBy } from './state.ts'
import { begun, ONCE, T0, type TestRun, workflow } from './testkit.ts'
import type { Transition } from './transition.ts'

const later = (ms: number) => new Date(Date.parse(T0) + ms).toISOString()
const sarah: DecidedBy = { via: 'app', id: 'usr_sarah', label: 'Sarah' }

/** `scope step`, e.g. `root/split@0.1/a one`; the root by its step alone. */
function ref(name: string, more: Partial<ActivityRef> = {}): ActivityRef {
  const [path, step] = name.includes(' ') ? (name.split(' ') as [string, string]) : (['root', name] as const)
  return { path, step, visit: 1, attempt: 1, epoch: 0, ...more }
}
function succeed(run: TestRun, name: string, output: Json = {}, more: Partial<ActivityRef> = {}): Transition {
  return run.apply({
    type: 'step.succeeded',
    activity: ref(name, more),
    result: { output, input: null, ai_calls: [] },
    at: T0,
  })
}
function failed(run: TestRun, name: string, more: Partial<ActivityRef> = {}): Transition {
  return run.apply({
    type: 'step.failed',
    activity: ref(name, more),
    error: { code: 'http.status', message: 'It answered 500.', retryable: true, retry_after_ms: null },
    result: { input: null, ai_calls: [] },
    at: T0,
  })
}
const fired = (timer: string, ms: number): RunEvent => ({ type: 'timer.fired', timer, at: later(ms) })

const facts = (made: Transition) =>
  made.events.map((e) => {
    const where = 'path' in e && typeof e.path === 'string' && e.path !== 'root' ? ` ${e.path.slice(5)}` : ''
    return 'step' in e && typeof e.step === 'string' ? `${e.type}${where} ${e.step}` : e.type
  })
const wanted = (made: Transition) => made.commands.map(brief)
function brief(c: Command): string {
  if (c.do === 'call') return `call ${c.key} ${c.workflow} ${JSON.stringify(c.inputs)}`
  if (c.do === 'execute' || c.do === 'abandon' || c.do === 'hang_up') return `${c.do} ${c.key}`
  if (c.do === 'arm_timer') return `arm ${c.key} @${(Date.parse(c.timer.due) - Date.parse(T0)) / 1000}s`
  return c.do === 'disarm_timer' ? `disarm ${c.key}` : `send ${c.message.to}`
}

const two = (join?: object | string) => ({
  id: 'split',
  type: 'split',
  config: join === undefined ? {} : { join },
  blocks: {
    a: [{ id: 'one', type: 'call' }],
    b: [
      { id: 'two', type: 'call' },
      { id: 'three', type: 'call' },
    ],
  },
})
const A = 'root/split@0.1/a'
const B = 'root/split@0.1/b'

describe('parallel', () => {
  it('begins every branch in a scope of its own', () => {
    const { first, state } = begun(workflow([two(), { id: 'end', type: 'call' }]))
    expect(facts(first)).toEqual([
      'run.created',
      'run.started',
      'step.started split',
      'step.forked split',
      'step.started split@0.1/a one',
      'step.started split@0.1/b two',
    ])
    expect(wanted(first)).toEqual([`execute run_1:${A}:one:1:0`, `execute run_1:${B}:two:1:0`])
    expect(state.status).toBe('running')
  })

  it('joins when all have ended, with the outputs by branch and step', () => {
    const run = begun(workflow([two(), { id: 'end', type: 'call' }]))
    succeed(run, `${B} two`, { n: 2 })
    succeed(run, `${A} one`, { n: 1 })
    const made = succeed(run, `${B} three`, { n: 3 })
    expect(facts(made)).toEqual(['step.completed split@0.1/b three', 'step.completed split', 'step.started end'])
    expect(run.data.outputs).toEqual([
      {
        path: 'root',
        step: 'split',
        visit: 1,
        source: 'pure',
        output: { a: { one: { n: 1 } }, b: { two: { n: 2 }, three: { n: 3 } } },
      },
    ])
    expect(Object.keys(run.state.scopes)).toEqual(['root'])
  })

  it('goes on with the first branch that ends where any will do, and breaks off the others', () => {
    const run = begun(workflow([two('any'), { id: 'end', type: 'call' }]))
    const made = succeed(run, `${A} one`, { n: 1 })
    expect(wanted(made)).toEqual([`abandon run_1:${B}:two:1:0`, 'execute run_1:root:end:1:0'])
    expect(facts(made)).toEqual([
      'step.completed split@0.1/a one',
      'step.canceled split@0.1/b two',
      'step.completed split',
      'step.started end',
    ])
    expect(run.data.outputs.map(({ output }) => output)).toEqual([{ a: { one: { n: 1 } } }])
    expect(succeed(run, `${B} two`).refused).toBe('stale')
  })

  it('a branch that fails fails the step, and its error handler takes over', () => {
    const run = begun(
      workflow([
        { ...two(), on_error: 'mend' },
        { id: 'end', type: 'call' },
        { id: 'mend', type: 'call' },
      ]),
    )
    const made = failed(run, `${A} one`)
    expect(facts(made)).toEqual([
      'step.failed split@0.1/a one',
      'step.canceled split@0.1/b two',
      'step.failed split',
      'step.started mend',
    ])
    expect(Object.keys(run.state.scopes)).toEqual(['root'])
  })

  it('without a handler the run fails, and says where', () => {
    const run = begun(workflow([two()]))
    const made = failed(run, `${A} one`)
    expect(facts(made)).toEqual([
      'step.failed split@0.1/a one',
      'step.canceled split@0.1/b two',
      'step.failed split',
      'run.failed',
    ])
    expect(run.state.error).toEqual({ code: 'http.status', message: 'It answered 500.', step: 'one' })
  })

  it('bears as many failures as its join leaves room for', () => {
    const three = {
      id: 'split',
      type: 'split',
      config: { join: { at_least: 2 } },
      blocks: {
        a: [{ id: 'one', type: 'call' }],
        b: [{ id: 'two', type: 'call' }],
        c: [{ id: 'three', type: 'call' }],
      },
    }
    const run = begun(workflow([three]))
    expect(facts(failed(run, `${A} one`))).toEqual(['step.failed split@0.1/a one'])
    succeed(run, `${B} two`)
    expect(facts(succeed(run, 'root/split@0.1/c three'))).toContain('run.completed')
    const unlucky = begun(workflow([three]))
    failed(unlucky, `${A} one`)
    expect(facts(failed(unlucky, `${B} two`))).toContain('run.failed')
  })

  it('waits in two branches do not cross', () => {
    const run = begun(
      workflow([
        {
          id: 'split',
          type: 'split',
          blocks: { a: [{ id: 'left', type: 'ask' }], b: [{ id: 'right', type: 'ask' }] },
        },
      ]),
    )
    expect(run.state.status).toBe('waiting')
    expect(Object.keys(run.state.waits)).toEqual([`${A}:left:1:0`, `${B}:right:1:0`])
    const made = run.apply({ type: 'form.submitted', wait: `${B}:right:1:0`, values: { v: 2 }, by: sarah, at: T0 })
    expect(facts(made)).toEqual(['run.resumed', 'wait.closed', 'step.completed split@0.1/b right', 'run.waiting'])
    expect(Object.keys(run.state.waits)).toEqual([`${A}:left:1:0`])
    run.apply({ type: 'form.submitted', wait: `${A}:left:1:0`, values: { v: 1 }, by: sarah, at: T0 })
    expect(run.state.status).toBe('completed')
    expect(run.data.outputs[0]?.output).toEqual({ a: { left: { v: 1 } }, b: { right: { v: 2 } } })
  })

  it('reads inside a branch what the branch and everything around it produced, and nothing of its siblings', () => {
    const branch = (id: string, value: string) => [{ id, type: 'keep', config: { value } }]
    const run = begun(
      workflow([
        { id: 'first', type: 'keep', config: { value: '7' } },
        {
          id: 'split',
          type: 'split',
          blocks: {
            a: [...branch('seen', 'value'), ...branch('again', 'steps.seen.output.value + 1')],
            b: branch('blind', 'steps.seen is defined'),
          },
        },
        { id: 'after', type: 'keep', config: { value: 'steps.split.output.a.again.value' } },
      ]),
    )
    expect(run.state.status).toBe('completed')
    expect(run.data.outputs.at(-1)?.output).toEqual({ value: 8 })
    expect(run.data.outputs.at(-2)?.output).toMatchObject({ b: { blind: { value: false } } })
  })

  it('a cancel ends every branch', () => {
    const run = begun(workflow([two()]))
    const made = run.apply({ type: 'cancel', reason: 'Enough', at: T0 })
    expect(wanted(made)).toEqual([`abandon run_1:${A}:one:1:0`, `abandon run_1:${B}:two:1:0`])
    expect(facts(made).at(-1)).toBe('run.canceled')
  })

  it('ends with its own timeout', () => {
    const run = begun(workflow([{ ...two(), timeout_ms: 60_000 }]))
    expect(run.apply(fired('timeout:run_1:root:split:1:0', 59_999)).refused).toBe('timer_early')
    const made = run.apply(fired('timeout:run_1:root:split:1:0', 60_000))
    expect(facts(made)).toEqual([
      'step.canceled split@0.1/a one',
      'step.canceled split@0.1/b two',
      'step.failed split',
      'run.failed',
    ])
    expect(run.state.error?.code).toBe('step.timeout')
    expect(run.state.timers).toEqual({})
  })

  it('stands inside another', () => {
    const run = begun(workflow([{ id: 'outer', type: 'split', blocks: { x: [two(), { id: 'last', type: 'call' }] } }]))
    const inner = 'root/outer@0.1/x/split@0.1'
    succeed(run, `${inner}/a one`, { n: 1 })
    succeed(run, `${inner}/b two`)
    const made = succeed(run, `${inner}/b three`)
    expect(wanted(made)).toEqual(['execute run_1:root/outer@0.1/x:last:1:0'])
    succeed(run, 'root/outer@0.1/x last', { done: true })
    expect(run.state.status).toBe('completed')
    expect(run.data.outputs[0]?.output).toMatchObject({ x: { last: { done: true }, split: { a: { one: { n: 1 } } } } })
  })
})

describe('for each', () => {
  const each = (items: readonly Json[], at_once?: number) => ({
    id: 'each',
    type: 'each',
    config: { items, as: 'order', ...(at_once === undefined ? {} : { at_once }) },
    blocks: { item: [{ id: 'send', type: 'call' }] },
  })
  const item = (i: number) => `root/each@0.1/${i}`

  it('begins as many as may be under way, and the next when one ends', () => {
    const run = begun(workflow([each(['a', 'b', 'c'], 2)]))
    expect(wanted(run.first)).toEqual([`execute run_1:${item(0)}:send:1:0`, `execute run_1:${item(1)}:send:1:0`])
    expect(wanted(succeed(run, `${item(1)} send`, { n: 1 }))).toEqual([`execute run_1:${item(2)}:send:1:0`])
  })

  it('has its results in the order of the items, whichever ends first', () => {
    const run = begun(workflow([each(['a', 'b', 'c'])]))
    for (const i of [2, 0, 1]) succeed(run, `${item(i)} send`, { n: i })
    expect(run.data.outputs[0]?.output).toEqual([{ send: { n: 0 } }, { send: { n: 1 } }, { send: { n: 2 } }])
    expect(run.state.status).toBe('completed')
  })

  it('of nothing is done at once', () => {
    const run = begun(workflow([each([])]))
    expect(run.state.status).toBe('completed')
    expect(run.data.outputs[0]?.output).toEqual([])
  })

  it('shows each its own item, by both names', () => {
    const run = begun(
      workflow([
        {
          id: 'each',
          type: 'each',
          config: { items: [{ n: 1 }, { n: 2 }], as: 'order' },
          blocks: { item: [{ id: 'sum', type: 'keep', config: { value: 'item.n + order.n' } }] },
        },
      ]),
    )
    expect(run.data.outputs[0]?.output).toEqual([{ sum: { value: 2 } }, { sum: { value: 4 } }])
  })

  it('takes a thousand items that end at once without deep recursion, and keeps no scope of them', () => {
    const items = Array.from({ length: 1_000 }, (_, n) => n)
    const run = begun(
      workflow([
        {
          id: 'each',
          type: 'each',
          config: { items },
          blocks: { item: [{ id: 'sum', type: 'keep', config: { value: 'item' } }] },
        },
      ]),
    )
    expect(run.state.status).toBe('completed')
    expect(run.data.outputs[0]?.output).toHaveLength(1_000)
    expect(Object.keys(run.state.scopes)).toEqual(['root'])
  })
})

describe('delay', () => {
  const flow = workflow([
    { id: 'rest', type: 'pause', config: { ms: 60_000 } },
    { id: 'end', type: 'call' },
  ])

  it('rests until its time, however late it is seen', () => {
    const run = begun(flow)
    expect(wanted(run.first)).toEqual(['arm delay:run_1:root:rest:1:0 @60s'])
    expect(run.state.status).toBe('waiting')
    expect(run.apply(fired('delay:run_1:root:rest:1:0', 59_999)).refused).toBe('timer_early')
    const made = run.apply(fired('delay:run_1:root:rest:1:0', 3 * 86_400_000))
    expect(facts(made)).toEqual(['run.resumed', 'step.completed rest', 'step.started end'])
    expect(run.apply(fired('delay:run_1:root:rest:1:0', 3 * 86_400_000)).refused).toBe('timer_gone')
  })

  it('of no length is no wait', () => {
    const run = begun(workflow([{ id: 'rest', type: 'pause', config: { ms: 0 } }]))
    expect(run.state.status).toBe('completed')
  })

  it('ends with a cancel', () => {
    const run = begun(flow)
    const made = run.apply({ type: 'cancel', reason: 'Enough', at: T0 })
    expect(facts(made)).toEqual(['step.canceled rest', 'run.canceled'])
    expect(wanted(made)).toEqual(['disarm delay:run_1:root:rest:1:0'])
  })
})

describe('another workflow', () => {
  const flow = (more: object = {}) =>
    workflow([
      { id: 'sub', type: 'sub', config: { workflow: 'Onboard', inputs: { name: 'Ada' } }, ...more },
      { id: 'end', type: 'keep', config: { value: 'steps.sub.output.n' } },
    ])

  it('is called with its inputs, and its outputs are the step’s', () => {
    const run = begun(flow())
    expect(wanted(run.first)).toEqual(['call run_1:root:sub:1:0 Onboard {"name":"Ada"}'])
    expect(run.state.status).toBe('waiting')
    expect(facts(succeed(run, 'sub', { n: 4 }))).toEqual([
      'run.resumed',
      'step.completed sub',
      'step.started end',
      'step.completed end',
      'run.completed',
    ])
  })

  it('is canceled with its caller', () => {
    const run = begun(flow())
    const made = run.apply({ type: 'cancel', reason: 'Enough', at: T0 })
    expect(wanted(made)).toEqual(['hang_up run_1:root:sub:1:0'])
  })

  it('that fails fails the step; it is tried again only where the author says so', () => {
    expect(facts(failed(begun(flow()), 'sub'))).toContain('run.failed')
    const patient = begun(flow({ retry: { ...ONCE, max_attempts: 2 } }))
    expect(wanted(failed(patient, 'sub'))).toEqual(['arm backoff:run_1:root:sub:1:0:1 @1s'])
    const made = patient.apply(fired('backoff:run_1:root:sub:1:0:1', 1_000))
    expect(wanted(made)).toEqual(['call run_1:root:sub:1:0 Onboard {"name":"Ada"}'])
  })

  it('that takes longer than the step may is canceled', () => {
    const run = begun(flow({ timeout_ms: 1_000 }))
    const made = run.apply(fired('timeout:run_1:root:sub:1:0', 1_000))
    expect(wanted(made)).toEqual(['hang_up run_1:root:sub:1:0'])
    expect(run.state.error?.code).toBe('step.timeout')
  })
})

describe('an effect of which nobody knows whether it happened', () => {
  const lost = () => {
    const run = begun(
      workflow([
        { id: 'pay', type: 'call' },
        { id: 'end', type: 'call' },
      ]),
    )
    const made = run.apply({ type: 'effect.unknown', activity: ref('pay'), evidence: { sent_at: T0 }, at: T0 })
    return { run, made }
  }
  const resolve = (
    run: TestRun,
    resolution: { do: 'repeat' } | { do: 'done'; result: Json } | { do: 'fail'; reason: string },
  ) => run.apply({ type: 'effect.resolved', activity: ref('pay'), resolution, by: sarah, at: T0 })

  it('makes the run wait', () => {
    const { run, made } = lost()
    expect(facts(made)).toEqual(['step.unknown pay', 'run.waiting'])
    expect(wanted(made)).toEqual([])
    expect(run.state.status).toBe('waiting')
    expect(succeed(run, 'pay').refused).toBe('stale')
  })

  it('is repeated with the same key', () => {
    expect(wanted(resolve(lost().run, { do: 'repeat' }))).toEqual(['execute run_1:root:pay:1:0'])
  })

  it('is done, with the result a person found', () => {
    const { run } = lost()
    const made = resolve(run, { do: 'done', result: { id: 7 } })
    expect(facts(made)).toEqual(['run.resumed', 'step.resolved pay', 'step.completed pay', 'step.started end'])
    expect(run.data.outputs[0]?.output).toEqual({ id: 7 })
    expect(resolve(run, { do: 'repeat' }).refused).toBe('stale')
  })

  it('or failed', () => {
    const { run } = lost()
    expect(facts(resolve(run, { do: 'fail', reason: 'The bank has no such payment.' }))).toContain('run.failed')
    expect(run.state.error).toMatchObject({ code: 'effect.failed', step: 'pay' })
  })
})

describe('a retry of a run that failed inside a fork', () => {
  const flow = workflow([
    { id: 'first', type: 'call' },
    {
      id: 'split',
      type: 'split',
      blocks: {
        a: [{ id: 'one', type: 'call' }],
        b: [
          { id: 'two', type: 'call' },
          { id: 'three', type: 'call' },
        ],
        c: [{ id: 'four', type: 'ask' }],
      },
    },
  ])
  const broken = () => {
    const run = begun(flow)
    succeed(run, 'first', { v: 1 })
    succeed(run, `${A} one`, { n: 1 })
    succeed(run, `${B} two`, { n: 2 })
    failed(run, `${B} three`)
    expect(run.state.status).toBe('failed')
    return run
  }
  const again = (run: TestRun, from: string | null) => run.apply({ type: 'retry', from, inputs: null, at: T0 })

  it('goes on where it stood: what ended well is kept, who was asked is asked again', () => {
    const run = broken()
    const made = again(run, null)
    expect(facts(made)).toEqual([
      'run.reopened',
      'step.started split',
      'step.started split@0.1/b three',
      'step.started split@0.1/c four',
      'wait.opened',
    ])
    expect(wanted(made)).toEqual([`execute run_1:${B}:three:1:1`])
    succeed(run, `${B} three`, { n: 3 }, { epoch: 1 })
    run.apply({ type: 'form.submitted', wait: 'root/split@0.1/c:four:1:1', values: { v: 4 }, by: sarah, at: T0 })
    expect(run.state.status).toBe('completed')
    expect(run.data.outputs.at(-1)?.output).toEqual({
      a: { one: { n: 1 } },
      b: { two: { n: 2 }, three: { n: 3 } },
      c: { four: { v: 4 } },
    })
  })

  it('from an earlier step of the branch does that one again', () => {
    expect(wanted(again(broken(), 'two'))).toEqual([`execute run_1:${B}:two:1:1`])
  })

  it('from the fork itself does all of it again, in scopes of their own', () => {
    expect(wanted(again(broken(), 'split'))).toEqual([
      'execute run_1:root/split@1.1/a:one:1:1',
      'execute run_1:root/split@1.1/b:two:1:1',
    ])
  })

  it('from a step before it begins there', () => {
    const run = broken()
    expect(wanted(again(run, 'first'))).toEqual(['execute run_1:root:first:1:1'])
    expect(Object.keys(run.state.scopes)).toEqual(['root'])
  })

  it('not from inside a branch that has ended', () => {
    expect(again(broken(), 'one').refused).toBe('unknown_step')
  })
})
