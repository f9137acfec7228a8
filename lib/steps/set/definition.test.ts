import { describe, expect, it } from 'vitest'
import { ExpressionError } from '#lib/workflow/expressions/errors.ts'
import { flow, judge } from '#lib/workflow/validate-testkit.ts'
import { scopeOf, stepOf } from '../testkit.ts'
import { type SetConfig, set } from './definition.ts'

const decide = (values: string) =>
  set.decide(
    stepOf(`id: calc\ntype: set\nvalues:\n  ${values}`).config as unknown as SetConfig,
    scopeOf({ price: 5, count: 3, name: 'Ann', tags: ['a'] }),
  )

describe('values', () => {
  it.each([
    ['an expression', 'v: price * count', 15],
    ['a template', 'v: "Dear {{ name }}"', 'Dear Ann'],
    ['a template that is one expression keeps its type', 'v: "{{ tags }}"', ['a']],
    ['a block template', 'v: "{% if price > 1 %}dear{% endif %}"', 'dear'],
    ['quoted text', `v: "'draft'"`, 'draft'],
    ['a number', 'v: 5', 5],
    ['a boolean', 'v: true', true],
    ['nothing', 'v: null', null],
    ['a list', 'v: [plain, "{{ price }}", 1]', ['plain', 5, 1]],
    ['a mapping', 'v: {a: plain, b: "{{ name }}!"}', { a: 'plain', b: 'Ann!' }],
  ])('%s', (_, value, expected) => {
    expect(decide(value)).toEqual({ output: { v: expected } })
  })

  it('are all computed from what was there before', () => {
    expect(decide('price: price + 1\n  total: price * count')).toEqual({ output: { price: 6, total: 15 } })
  })

  it('that are missing are an error of the step', () => {
    expect(() => decide('v: nope')).toThrow(ExpressionError)
  })

  it.each([
    ['none', 'values: {}', "step.missing_key 'values'"],
    ['not at all', 'next: end', "step.missing_key 'id'"],
    ['as a list', 'values: [a]', "step.wrong_type 'values'"],
    ['under a name that cannot be reached', 'values: {a-b: 1}', "step.bad_name 'a-b'"],
    ['under a reserved name', 'values: {steps: 1}', "step.bad_name 'steps'"],
  ])('%s are refused', (_, yaml, expected) => {
    expect(judge(flow(`id: calc\ntype: set\n${yaml}`)).errors).toEqual([expected])
  })
})
