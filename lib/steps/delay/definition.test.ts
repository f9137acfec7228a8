import { describe, expect, it } from 'vitest'
import { ExpressionError } from '#lib/workflow/expressions/errors.ts'
import { flow, judge, only } from '#lib/workflow/validate-testkit.ts'
import { scopeOf, stepOf } from '../testkit.ts'
import { type DelayConfig, delay } from './definition.ts'

const write = (yaml: string) => flow(`id: rest\ntype: delay\n${yaml}`)
const config = (yaml: string) => stepOf(`id: rest\ntype: delay\n${yaml}`).config as unknown as DelayConfig
const RUNTIME = { due: '2026-07-01T09:00:00+02:00', day: '2026-07-01', hour: '07', n: 5, nothing: null, word: 'soon' }
/** The scope's now is 2026-05-31T10:00Z. */
const until = (yaml: string) => delay.until(config(yaml), scopeOf(RUNTIME))

describe('a delay ends', () => {
  it.each([
    ['so long after the run came to it', 'for: 90s', '2026-05-31T10:01:30.000Z'],
    ['after hours that its key names', 'for_hours: 2', '2026-05-31T12:00:00.000Z'],
    ['after a length of ISO 8601', 'for: PT12H', '2026-05-31T22:00:00.000Z'],
    ['at an instant', 'until: 2026-06-01T09:00:00Z', '2026-06-01T09:00:00.000Z'],
    ['at the midnight of a date in UTC', 'until: 2026-06-01', '2026-06-01T00:00:00.000Z'],
    ['at what an expression gives', 'until: runtime.due', '2026-07-01T07:00:00.000Z'],
    ['at what a bare name gives', 'until: day', '2026-07-01T00:00:00.000Z'],
    ['at what a template gives', 'until: "{{ due }}"', '2026-07-01T07:00:00.000Z'],
    ['at what a template puts together', 'until: "2026-06-01T{{ hour }}:00:00Z"', '2026-06-01T07:00:00.000Z'],
    ['at an instant that has passed', 'until: 2020-01-01', '2020-01-01T00:00:00.000Z'],
  ])('%s', (_, yaml, instant) => {
    expect(until(yaml)).toBe(instant)
  })

  it.each([
    ['a word', 'until: word', 'a text that is no time'],
    ['a number', 'until: n', 'no text'],
    ['nothing', 'until: nothing', 'nothing'],
  ])('never where the expression gives %s: the step fails', (_, yaml, words) => {
    expect(() => until(yaml)).toThrow(ExpressionError)
    expect(() => until(yaml)).toThrow(words)
  })
})

describe('a delay is refused', () => {
  it.each([
    ['without an end', 'next: end', "step.missing_key 'id'"],
    ['with two', 'for: 2h\nuntil: 2026-06-01', "step.exclusive_keys 'until'"],
    ['with one length twice', 'for: 2h\nfor_s: 5', "step.exclusive_keys 'for_s'"],
    ['that ends before it begins', 'for: -3s', "duration.invalid '-3s'"],
    ['of no length', 'for: 0s', "duration.invalid '0s'"],
    ['without a unit', 'for: 3', "duration.invalid '3'"],
    ['until a day that no calendar has', 'until: 2026-02-30', "delay.not_a_time '2026-02-30'"],
    ['until a time without zone', 'until: 2026-06-01T09:00:00', "delay.not_a_time '2026-06-01T09:00:00'"],
    ['until a number', 'until: 5', "step.wrong_type '5'"],
    ['until half an expression', 'until: due +', "expression.syntax 'due +'"],
  ])('%s', (_, yaml, expected) => {
    expect(judge(write(yaml)).errors).toEqual([expected])
  })

  it('with a hint to the cure', () => {
    expect(only(write('next: end'), 'step.missing_key').hint).toContain('for: 2h')
    expect(only(write('for: 2h\nuntil: 2026-06-01'), 'step.exclusive_keys').hint).toContain('an instant')
    expect(only(write('until: 2026-02-30'), 'delay.not_a_time').hint).toContain('2026-06-01T09:00:00Z')
    expect(only(write('for: -3s'), 'duration.invalid').message).toContain('30s')
  })

  it('nothing that it does not do: it never fails and never takes too long', () => {
    expect(judge(write('for: 2h\nretry: 3\ntimeout: 5s')).warnings).toEqual([
      "step.without_effect '3'",
      "step.without_effect '5s'",
    ])
  })
})

it('gives nothing, and tells what its end is read from', () => {
  expect(delay.output(config('for: 2h'))).toMatchObject({ additionalProperties: false })
  expect(delay.slots(config('for: 2h'))).toEqual([])
  expect(delay.slots(config('until: 2026-06-01'))).toEqual([])
  expect(delay.slots(config('until: due'))).toMatchObject([{ path: ['until'], kind: 'expression', source: 'due' }])
  expect(delay.slots(config('until: "{{ due }}"'))).toMatchObject([{ path: ['until'], kind: 'template' }])
})
