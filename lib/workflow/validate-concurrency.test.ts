import { describe, expect, it } from 'vitest'
import { stepCatalog } from '#lib/steps/definitions.ts'
import { requirements } from './requirements.ts'
import { canonical, flow, judge, only } from './validate-testkit.ts'

const STEP = 'id: ask\ntype: form\nfields: [{key: colour}]'
const INPUTS = 'inputs: [{key: topic, required: true}]\n'
const limited = (concurrency: string, top = INPUTS) => `${top}limits: {concurrency: ${concurrency}}\n${flow(STEP)}`

describe('how many runs may be under way at once', () => {
  it.each([
    ['{max: 1}', { max: 1, key: null }],
    ['{max: 1000, key: runtime.topic}', { max: 1_000, key: 'runtime.topic' }],
    ['{max: 5, key: null}', { max: 5, key: null }],
    ['null', undefined],
  ])('%s', (written, expected) => {
    const text = limited(written)
    expect(judge(text)).toEqual({ errors: [], warnings: [] })
    expect(canonical(text).limits.concurrency).toEqual(expected)
  })

  it.each(['inputs.topic', 'topic', 'lower(runtime.topic)', 'profile.user_email', 'default(runtime.other, "none")'])(
    'is counted for each value of %s',
    (key) => {
      expect(judge(limited(`{max: 1, key: '${key}'}`))).toEqual({ errors: [], warnings: [] })
    },
  )

  it.each([
    ['what a step gives', 'steps.ask.output.colour', "limits.key_too_early 'steps.ask.output.colour'"],
    ['what a step merges', 'runtime.colour', "variable.unknown 'runtime.colour'"],
    ['the run', 'run.id', "limits.key_too_early 'run.id'"],
    ['an input that is none', 'inputs.topik', "variable.unknown 'inputs.topik'"],
    ['an item', 'item', "variable.unknown 'item'"],
    ['a secret', 'secrets.KEY', "secret.not_allowed_here 'secrets.KEY'"],
    ['half an expression', 'topic ==', "expression.syntax ''topic ==''"],
    ['braces', '{{ topic }}', "expression.syntax '{{ topic }}'"],
  ])('is not counted by %s', (_, key, expected) => {
    expect(judge(limited(`{max: 1, key: '${key}'}`)).errors).toEqual([expected])
  })

  it('may be counted by what nobody declared, with a warning', () => {
    const { errors, warnings } = judge(limited('{max: 1, key: topic}', ''))
    expect(errors).toEqual([])
    expect(warnings).toEqual(["variable.unknown 'topic'"])
  })

  it('may be counted by a constant, which has to be set', () => {
    const text = limited('{max: 1, key: static.region}')
    expect(only(text, 'static.unset', { statics: [] }).message).toContain('region')
    expect(judge(text, { statics: ['region'] })).toEqual({ errors: [], warnings: [] })
    expect(judge(text, { statics: ['region'], sensitive: ['region'] }).errors).toEqual([
      "static.not_allowed_here 'static.region'",
    ])
    expect(requirements(canonical(text), stepCatalog).statics).toEqual(['region'])
  })
})
