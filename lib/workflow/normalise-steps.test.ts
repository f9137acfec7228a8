import { describe, expect, it } from 'vitest'
import { allSteps } from './definition.ts'
import { LIMITS } from './parse-limits.ts'
import { canonical, flow, judge } from './validate-testkit.ts'

const SET = 'type: set, values: {a: "1"}'
/** A workflow of one fork, its branches each in one line, and a step after it. */
const split = (...branches: readonly string[]) =>
  flow(
    `id: checks\ntype: parallel\nbranches:\n${branches.map((line) => `  ${line}`).join('\n')}`,
    `id: after\ntype: set\nvalues: {b: "2"}`,
  )
const each = (steps: string, more = '') => flow(`id: calls\ntype: for_each\nitems: "[1, 2]"\n${more}steps: ${steps}`)

describe('steps inside a step', () => {
  it('are read as blocks, with ids in lower case and a next of their own', () => {
    const [checks, after] = canonical(
      split(`legal: [{id: Draft, ${SET}}, {id: Review, ${SET}}]`, `Price: [{id: quote, ${SET}}]`),
    ).steps
    expect(
      checks?.blocks?.map(({ name, start, steps }) => [name, start, steps.map(({ id, next }) => [id, next])]),
    ).toEqual([
      [
        'legal',
        'draft',
        [
          ['draft', 'review'],
          ['review', null],
        ],
      ],
      ['Price', 'quote', [['quote', null]]],
    ])
    expect(checks?.next).toBe('after')
    expect(checks?.config).toEqual({ join: 'all' })
    expect(after?.blocks).toBeUndefined()
  })

  it('are one block in a for_each, also under config', () => {
    const read = (text: string) => canonical(text).steps[0]
    const flat = read(each(`[{id: a, ${SET}}, {id: b, ${SET}}]`, 'as: order\n'))
    expect(flat?.blocks).toMatchObject([
      {
        name: 'steps',
        start: 'a',
        steps: [
          { id: 'a', next: 'b' },
          { id: 'b', next: null },
        ],
      },
    ])
    expect(flat?.config).toEqual({ items: '[1, 2]', as: 'order', max_concurrency: null })
    const nested = `id: calls\ntype: for_each\nconfig:\n  items: "[1, 2]"\n  as: order\n  steps: [{id: a, ${SET}}, {id: b, ${SET}}]`
    expect(read(flow(nested))).toEqual(flat)
  })

  it('hold others in their turn', () => {
    const inner = `{id: loop, type: for_each, items: "[1]", steps: [{id: deep, ${SET}}]}`
    expect(allSteps(canonical(split(`legal: [${inner}]`)).steps).map(({ id }) => id)).toEqual([
      'checks',
      'loop',
      'deep',
      'after',
    ])
  })

  it('never put a text under their own name into runtime', () => {
    const text = each('[{id: say, type: ai_generate, prompt: "Hello {{ item }}"}]')
    expect(canonical(text).steps[0]?.blocks?.[0]?.steps[0]?.output_key).toBeNull()
  })

  it.each([
    ['an id that is taken outside', split(`legal: [{id: After, ${SET}}]`), "step.duplicate_id 'After'"],
    [
      'an id that is taken in another branch',
      split(`a: [{id: x, ${SET}}]`, `b: [{id: X, ${SET}}]`),
      "step.duplicate_id 'X'",
    ],
    ['an id that is none', split(`a: [{id: "1", ${SET}}]`), `step.bad_id '"1"'`],
    ['a step that is none', split('a: [x]'), "step.wrong_type 'x'"],
    ['a branch without steps', split('a: []'), "step.wrong_type 'a'"],
    ['a branch that is no list', split('a: x'), "step.wrong_type 'x'"],
    ['a branch whose name is reserved', split(`steps: [{id: x, ${SET}}]`), "step.bad_name 'steps'"],
    ['no branches', flow('id: checks\ntype: parallel'), "step.missing_key 'id'"],
    ['branches that are none', flow('id: checks\ntype: parallel\nbranches: {}'), "step.wrong_type 'branches'"],
    ['branches as a list', flow('id: checks\ntype: parallel\nbranches: [a]'), "step.wrong_type 'branches'"],
    ['a loop without steps', each('[]'), "step.wrong_type 'steps'"],
    ['an unknown key inside', each(`[{id: a, ${SET}, valuess: 1}]`), "step.unknown_key 'valuess'"],
    ['a missing key inside', each('[{id: a, type: set}]'), "step.missing_key '{id: a, type: set}'"],
    [
      'branches of a step that holds none',
      flow(`id: a\ntype: set\nvalues: {a: "1"}\nbranches: {}`),
      "step.unknown_key 'branches'",
    ],
  ])('refuse %s', (_, text, expected) => {
    expect(judge(text).errors).toContain(expected)
  })

  it('count among the steps of the file', () => {
    const many = (n: number) => each(`\n${Array.from({ length: n }, (_, i) => `  - {id: s${i}, ${SET}}`).join('\n')}`)
    expect(judge(many(LIMITS.steps - 1)).errors).toEqual([])
    expect(judge(many(LIMITS.steps)).errors).toEqual([`workflow.too_many_steps '{id: s${LIMITS.steps - 1}, ${SET}}'`])
  })
})
