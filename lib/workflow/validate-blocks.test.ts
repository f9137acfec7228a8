import { describe, expect, it } from 'vitest'
import { flow, judge, only } from './validate-testkit.ts'

const SET = 'type: set, values: {a: "1"}'
const AFTER = 'id: after\ntype: set\nvalues: {b: "2"}'
const split = (legal: string, price = `[{id: quote, ${SET}}]`, more: readonly string[] = [AFTER]) =>
  flow(`id: checks\ntype: parallel\nbranches:\n  legal: ${legal}\n  price: ${price}`, ...more)
const each = (steps: string, more: readonly string[] = [], head = '') =>
  flow(`id: calls\ntype: for_each\nitems: static.orders\n${head}steps: ${steps}`, ...more).replace(
    'start_step',
    'static: {orders: [{n: 1, lines: [{n: 2}]}]}\nstart_step',
  )
const reads = (id: string, value: string) => `{id: ${id}, type: set, values: {v: "${value}"}}`
const errors = (text: string) => judge(text).errors

describe('the boundary of a block', () => {
  it.each([
    ['next', split(`[{id: a, ${SET}, next: after}]`), 'after'],
    ['next to the other branch', split(`[{id: a, ${SET}, next: quote}]`), 'quote'],
    ['next to the step around it', split(`[{id: a, ${SET}, next: checks}]`), 'checks'],
    ['next from outside', split(`[{id: a, ${SET}}]`, `[{id: quote, ${SET}}]`, [`${AFTER}\nnext: quote`]), 'quote'],
    ['on_error', split(`[{id: a, ${SET}, on_error: after}]`), 'after'],
    ['if_true', split('[{id: a, type: conditional, condition: "true", if_true: after, if_false: end}]'), 'after'],
    ['a case', split('[{id: a, type: conditional, cases: [{when: "true", next: after}], default: end}]'), 'after'],
    ['on_reject', split('[{id: a, type: approval, approvers: [a@b.co], on_reject: after}]'), 'after'],
    ['on_revise', split('[{id: a, type: approval, approvers: [a@b.co], on_revise: {to: quote}}]'), 'quote'],
    ['on_timeout', split('[{id: a, type: approval, approvers: [a@b.co], timeout: 1h, on_timeout: after}]'), 'after'],
  ])('is crossed by no %s', (_, text, target) => {
    expect(errors(text)).toEqual([`step.crosses_boundary '${target}'`])
  })

  it('is told with the steps that can be gone to', () => {
    const { message, hint } = only(split(`[{id: a, ${SET}, next: after}, {id: b, ${SET}}]`), 'step.crosses_boundary')
    expect(message).toBe('No jump leads from a to after: a stands inside checks, which is left only at its end.')
    expect(hint).toBe('Steps are a, b.')
    expect(only(split(`[{id: a, ${SET}, next: quote}]`), 'step.crosses_boundary').message).toBe(
      'No jump leads from a to quote: quote stands inside checks, in price, which is entered only at its beginning.',
    )
  })

  it('leaves jumps inside alone, and end is its end', () => {
    expect(errors(split(`[{id: a, ${SET}, on_error: c, next: end}, {id: c, ${SET}}]`))).toEqual([])
  })
})

describe('ways inside a block', () => {
  it('are held to the same rules', () => {
    expect(errors(split(`[{id: a, ${SET}, next: end}, {id: lost, ${SET}}]`))).toEqual(["step.unreachable 'lost'"])
    expect(errors(split(`[{id: a, ${SET}}, {id: b, ${SET}, next: a}]`))).toEqual(["step.no_end 'a'"])
    expect(errors(split(`[{id: a, ${SET}, next: nowhere}]`))).toEqual(["step.unknown_target 'nowhere'"])
    const slides = `[{id: a, type: conditional, condition: "true", if_true: b, if_false: c}, {id: b, ${SET}}, {id: c, ${SET}}]`
    expect(errors(split(slides))).toEqual(["flow.slides_into_branch 'b'"])
  })

  it('are not judged where a step could not be read', () => {
    expect(errors(split(`[{id: a, ${SET}, next: end}, {id: "1", ${SET}}, {id: c, ${SET}}]`))).toEqual([
      `step.bad_id '"1"'`,
    ])
  })
})

describe('what is read inside a block', () => {
  it('is the same branch, what stands around it, and runtime of the workflow', () => {
    const before = 'id: before\ntype: set\nvalues: {topic: "1"}'
    const legal = `[{id: a, ${SET}}, ${reads('b', 'steps.a.output.a + steps.before.output.topic + topic')}]`
    const text = flow(before, `id: checks\ntype: parallel\nbranches:\n  legal: ${legal}`)
    expect(judge(text)).toEqual({ errors: [], warnings: [] })
  })

  it.each([
    ['another branch', split(`[${reads('b', 'steps.quote.output.a')}]`), "step.out_of_sight 'steps.quote.output.a'"],
    ['runtime of the same branch', split(`[{id: a, ${SET}}, ${reads('b', 'a')}]`), "variable.unknown 'a'"],
    ['an item outside of any', split(`[${reads('b', 'item')}]`), "variable.unknown 'item'"],
    [
      'the name of an item by runtime',
      each(`[${reads('b', 'runtime.order')}]`, [], 'as: order\n'),
      "variable.unknown 'runtime.order'",
    ],
    [
      'an item in its own list',
      flow('id: calls\ntype: for_each\nitems: item\nsteps: [{id: a, type: set, values: {a: "1"}}]'),
      "variable.unknown 'item'",
    ],
  ])('is not %s', (_, text, expected) => {
    const closed = text.replace('start_step', 'inputs: []\nstart_step')
    expect(errors(closed)).toEqual([expected])
  })

  it('is the item, by both its names, and those of the loops around', () => {
    const inner = `{id: inner, type: for_each, items: order.lines, as: line, steps: [${reads('c', 'line.n + order.n + item.n')}]}`
    expect(judge(each(`[${reads('a', 'item.n + order.n')}, ${inner}]`, [], 'as: order\n'))).toEqual({
      errors: [],
      warnings: [],
    })
  })
})

describe('what is read after a block', () => {
  const legal = `[{id: a, ${SET}}]`
  const last = (value: string) => [`id: after\ntype: set\nvalues: {v: "${value}"}`]

  it('is the output of the step around it', () => {
    expect(
      errors(split(legal, undefined, last('steps.checks.output.legal.a.a + steps.checks.output.price.quote.a'))),
    ).toEqual([])
    expect(errors(each(`[{id: a, ${SET}}]`, last('steps.calls.output[0].a.a + len(steps.calls.output)')))).toEqual([])
  })

  it.each([
    ['steps.a.output.a', 'step.out_of_sight', 'Once checks is done: steps.checks.output.legal.a.'],
    ['steps.checks.output.legl.a', 'step.unknown_reference', 'Did you mean legal?'],
    ['steps.checks.output.legal.quote', 'step.unknown_reference', 'Write steps.checks.output.price.quote.'],
  ])('is not %s', (value, code, hint) => {
    expect(only(split(legal, undefined, last(value)), code).hint).toBe(hint)
  })

  it('is told of a list by its index', () => {
    expect(only(each(`[{id: my-a, ${SET}}]`, last("steps['my-a'].output")), 'step.out_of_sight').hint).toBe(
      "Once calls is done: steps.calls.output[0]['my-a'].",
    )
    expect(errors(each(`[{id: a, ${SET}}]`, last('steps.calls.output[0].b')))).toEqual([
      "step.unknown_reference 'steps.calls.output[0].b'",
    ])
  })

  it('is nothing in runtime: no collision, and an output_key inside is told to do nothing', () => {
    const text = split(`[{id: a, ${SET}, output_key: k}]`, undefined, ['id: after\ntype: set\nvalues: {a: "2"}'])
    expect(judge(text)).toEqual({ errors: [], warnings: ["step.without_effect 'k'"] })
  })
})
