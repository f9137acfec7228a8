import { describe, expect, it } from 'vitest'
import type { JsonObject } from '#lib/json.ts'
import { ExpressionError } from '#lib/workflow/expressions/errors.ts'
import { flow, judge } from '#lib/workflow/validate-testkit.ts'
import { scopeOf, stepOf } from '../testkit.ts'
import { type ConditionalConfig, conditional } from './definition.ts'

const OTHERS = ['id: yes\ntype: set\nvalues: {a: "1"}\nnext: end', 'id: no\ntype: set\nvalues: {b: "1"}\nnext: end']
const decide = (yaml: string, runtime: JsonObject) =>
  conditional.decide(
    stepOf(`id: fork\ntype: conditional\non_error: no\n${yaml}`, OTHERS).config as unknown as ConditionalConfig,
    scopeOf(runtime),
  )

describe('a condition', () => {
  const both = 'condition: score > 80\nif_true: yes\nif_false: no'
  const cases = 'cases: [{when: score > 80, next: yes}, {when: score > 50, next: end}]\ndefault: no'
  it.each<[string, string, number, object]>([
    ['true', both, 81, { output: { result: true, branch: 'if_true' }, next: 'yes' }],
    ['false', both, 80, { output: { result: false, branch: 'if_false' }, next: 'no' }],
    [
      'by other names',
      'when: score > 80\nthen: YES\nelse: end',
      81,
      { output: { result: true, branch: 'if_true' }, next: 'yes' },
    ],
    [
      'to the end',
      'when: score > 80\nthen: yes\nelse: end',
      1,
      { output: { result: false, branch: 'if_false' }, next: null },
    ],
    [
      'to the end as null',
      'condition: score > 80\nif_true: null\nif_false: yes',
      81,
      { output: { result: true, branch: 'if_true' }, next: null },
    ],
    [
      'a branch that is not given',
      'condition: score > 80\nif_true: no',
      1,
      { output: { result: false, branch: 'if_false' } },
    ],
    [
      'as a comparison',
      'condition: {field: score, operator: gte, value: 80}\nif_true: yes\nif_false: no',
      80,
      { output: { result: true, branch: 'if_true' }, next: 'yes' },
    ],
    [
      'truthiness',
      'condition: score\nif_true: yes\nif_false: no',
      0,
      { output: { result: false, branch: 'if_false' }, next: 'no' },
    ],
    ['the first case', cases, 90, { output: { result: true, branch: 'cases[0]' }, next: 'yes' }],
    ['a later case', cases, 60, { output: { result: true, branch: 'cases[1]' }, next: null }],
    ['no case', cases, 1, { output: { result: false, branch: 'default' }, next: 'no' }],
    [
      'no case and no default',
      'cases: [{when: score > 80, next: no}]',
      1,
      { output: { result: false, branch: 'default' } },
    ],
  ])('%s', (_, yaml, score, expected) => {
    const decided = decide(yaml, { score })
    expect(decided).toEqual(expected)
    // `next: undefined` and no `next` are the same to equality; only the one that is absent follows the step's own.
    expect('next' in decided).toBe('next' in expected)
  })

  it('that cannot be evaluated is an error of the step', () => {
    expect(() => decide('condition: nope > 80\nif_true: yes\nif_false: no', {})).toThrow(ExpressionError)
  })

  it('puts nothing into runtime', () => {
    expect(conditional.merge?.({ result: true, branch: 'if_true' })).toEqual({})
  })

  it.each([
    ['no condition', 'if_true: yes', "step.missing_key 'id'"],
    ['condition and cases', 'condition: "true"\ncases: [{when: "true", next: yes}]', "step.exclusive_keys 'cases'"],
    ['condition and default', 'condition: "true"\nif_true: yes\ndefault: no', "step.exclusive_keys 'default'"],
    ['cases and if_true', 'cases: [{when: "true", next: yes}]\nif_true: no', "step.exclusive_keys 'if_true'"],
    ['cases and else', 'cases: [{when: "true", next: yes}]\nelse: no', "step.exclusive_keys 'else'"],
    ['no cases', 'cases: []', "step.missing_key 'cases'"],
    ['a case without next', 'cases: [{when: "true"}]', 'step.missing_key \'{when: "true"}\''],
    ['a case that is none', 'cases: [yes]', "step.wrong_type 'yes'"],
    ['a case with an unknown key', 'cases: [{when: "true", then: yes, next: yes}]', "step.unknown_key 'then'"],
    ['both a name and its alias', 'when: "true"\ncondition: "true"\nif_true: yes', "step.exclusive_keys 'condition'"],
    ['a branch that is a list', 'condition: "true"\nif_true: [yes]', "step.wrong_type 'if_true'"],
    ['a host call', 'condition: process.exit()\nif_true: yes', 'expression'],
    ['a prototype', 'condition: inputs.constructor\nif_true: yes', 'expression'],
  ])('refuses %s', (_, yaml, expected) => {
    const { errors } = judge(flow(`id: fork\ntype: conditional\non_error: no\n${yaml}`, ...OTHERS))
    if (expected === 'expression') expect(errors.filter((e) => e.startsWith('expression.'))).toHaveLength(1)
    else expect(errors.filter((e) => !e.startsWith('step.unreachable'))).toEqual([expected])
  })

  it('without a branch is warned of', () => {
    expect(judge(flow('id: fork\ntype: conditional\ncondition: "true"')).warnings).toEqual([
      `conditional.no_branch '"true"'`,
    ])
  })
})
