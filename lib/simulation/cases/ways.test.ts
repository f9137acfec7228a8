import { describe, expect, it } from 'vitest'
import { wayWords } from '#lib/workflow/cases/report.ts'
import { runTests } from './run-tests.ts'

/** The ways that a workflow's tests do not take. */
async function missed(flow: string, ...tests: readonly string[]): Promise<readonly string[]> {
  const { coverage, cases, diagnostics } = await runTests(
    `${flow}tests:\n${tests.map((test, i) => `  - {name: t${i}, ${test}}\n`).join('')}`,
  )
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  expect(cases.flatMap(({ findings }) => findings)).toEqual([])
  return coverage?.ways.missed.map(wayWords) ?? []
}

describe('of ways to the same step, the one is told that was taken', () => {
  const flow = `name: Ways
start_step: ask
steps:
  - id: ask
    type: approval
    approvers: [boss@company.com]
    timeout: 2d
    on_timeout: rest
    on_reject: rest
    on_revise: {to: ask, max: 2}
    next: rest
  - {id: rest, type: delay, for: 1h}
`
  it.each([
    ['approve', ['ask → rest, reject', 'ask → ask, revise', 'ask → rest, timeout']],
    ['reject', ['ask → rest', 'ask → ask, revise', 'ask → rest, timeout']],
    ['silence', ['ask → rest', 'ask → rest, reject', 'ask → ask, revise']],
    ['[revise, approve]', ['ask → rest, reject', 'ask → rest, timeout']],
  ])('after %s', async (answer, expected) => {
    expect((await missed(flow, `people: {ask: ${answer}}`)).toSorted()).toEqual(expected.toSorted())
  })

  it('after an error', async () => {
    const failing = `name: Ways
start_step: send
steps:
  - {id: send, type: api_call, url: "https://a.co", retry: false, on_error: rest, next: rest}
  - {id: rest, type: delay, for: 1h}
`
    expect(await missed(failing, 'http: {send: {status: 500}}')).toEqual(['send → rest'])
    expect(await missed(failing, 'http: {send: success}')).toEqual(['send → rest, error'])
  })
})

describe('of branches, the one is told that was taken', () => {
  const two = `name: Ways
start_step: which
inputs: [{key: n, type: number, required: true}]
steps:
  - {id: which, type: conditional, condition: n > 3, if_true: rest, if_false: rest}
  - {id: rest, type: delay, for: 1h}
`
  it('where both lead to one step', async () => {
    expect(await missed(two, 'inputs: {n: 5}')).toEqual(['which → rest, false'])
    expect(await missed(two, 'inputs: {n: 1}')).toEqual(['which → rest, true'])
  })

  it('where there are many, and where none of them holds', async () => {
    const many = two.replace(
      'condition: n > 3, if_true: rest, if_false: rest',
      'cases: [{when: n > 5, next: rest}, {when: n > 3, next: rest}], default: rest',
    )
    expect(await missed(many, 'inputs: {n: 9}')).toEqual(['which → rest, n > 3', 'which → rest, otherwise'])
    expect(await missed(many, 'inputs: {n: 4}')).toEqual(['which → rest, n > 5', 'which → rest, otherwise'])
    expect(await missed(many, 'inputs: {n: 1}')).toEqual(['which → rest, n > 5', 'which → rest, n > 3'])
  })
})

describe('of what stands inside a step', () => {
  it('each branch is told', async () => {
    const flow = `name: Ways
start_step: both
steps:
  - id: both
    type: parallel
    join: any
    branches:
      left: [{id: one, type: approval, approvers: [a@x.co]}, {id: two, type: set, values: {x: 1}}]
      right: [{id: three, type: approval, approvers: [b@x.co]}]
  - {id: rest, type: delay, for: 1h}
`
    expect(await missed(flow, 'people: {one: approve, three: silence}')).toEqual(['three → rest'])
  })

  it('no items are a way of their own', async () => {
    const flow = `name: Ways
start_step: each
inputs: {type: object, properties: {list: {type: array}}, required: [list]}
steps:
  - {id: each, type: for_each, items: inputs.list, steps: [{id: one, type: delay, for: 1h}]}
  - {id: rest, type: delay, for: 1h}
`
    expect(await missed(flow, 'inputs: {list: [a, b]}')).toEqual(['each → rest, no items'])
    expect(await missed(flow, 'inputs: {list: []}')).toEqual(['each → one, each item', 'one → rest'])
  })

  it('a step that is skipped is passed', async () => {
    const flow = `name: Ways
start_step: skip
inputs: [{key: n, type: number, required: true}]
steps:
  - {id: skip, type: delay, for: 1h, when: n > 3}
  - {id: rest, type: delay, for: 1h}
`
    expect(await missed(flow, 'inputs: {n: 1}')).toEqual([])
  })
})
