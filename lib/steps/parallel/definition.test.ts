import { describe, expect, it } from 'vitest'
import { stepCatalog } from '#lib/steps/definitions.ts'
import { validateWorkflow } from '#lib/workflow/validate.ts'
import { flow, judge, only } from '#lib/workflow/validate-testkit.ts'
import { scopeOf, stepOf } from '../testkit.ts'
import { type ParallelConfig, parallel } from './definition.ts'

const SET = 'type: set, values: {a: "1"}'
const BRANCHES = `branches:\n  legal: [{id: a, ${SET}}]\n  price: [{id: b, ${SET}}, {id: c, ${SET}}]`
const split = (join = '') => `id: checks\ntype: parallel\n${BRANCHES}${join && `\njoin: ${join}`}`
const config = (join?: string) => stepOf(split(join)).config as unknown as ParallelConfig
const fork = (join?: string) => parallel.fork(config(join), scopeOf({}), stepOf(split(join)))

describe('steps side by side', () => {
  it('hold a sequence for each branch, in the order of the text', () => {
    const blocks = stepOf(split()).blocks ?? []
    expect(blocks.map(({ name, start, steps }) => [name, start, steps.map(({ id, next }) => [id, next])])).toEqual([
      ['legal', 'a', [['a', null]]],
      [
        'price',
        'b',
        [
          ['b', 'c'],
          ['c', null],
        ],
      ],
    ])
  })

  it.each([
    [undefined, 'all'],
    ['all', 'all'],
    ['any', 'any'],
    ['{at_least: 2}', { at_least: 2 }],
  ])('join by %s', (join, expected) => {
    expect(fork(join)).toEqual({ over: 'blocks', join: expected })
  })

  it('cannot join more branches than there are, which is told where it stands', () => {
    const text = flow(split('{at_least: 3}'))
    expect(judge(text).errors).toEqual(["step.join_impossible '3'"])
    const found = only(text, 'step.join_impossible')
    expect([found.line, found.column, found.endLine, found.endColumn]).toEqual([9, 22, 9, 23])
    expect(found.message).toBe('3 branches cannot end well where there are 2 branches. Add some, or lower at_least.')
    expect(validateWorkflow(flow(split('{at_least: 2}')), stepCatalog).diagnostics).toEqual([])
  })

  it.each([
    ['no branch', `id: checks\ntype: parallel\nbranches: {}`],
    ['a branch without steps', `id: checks\ntype: parallel\nbranches: {legal: []}`],
    ['no branches at all', 'id: checks\ntype: parallel'],
    ['another way to join', split('first')],
    ['a join of none', split('{at_least: 0}')],
  ])('are not %s', (_, step) => {
    expect(judge(flow(step)).errors).not.toEqual([])
  })

  it('merge nothing, and lead nowhere by themselves', () => {
    expect([parallel.merge?.({ legal: {} }), parallel.jumps(config()), parallel.slots(config())]).toEqual([{}, [], []])
  })
})

describe('the boundary of a branch', () => {
  const at = (text: string, code: string) => {
    const { line, column, endLine, endColumn } = only(text, code)
    return [line, column, endLine, endColumn]
  }

  it('is told at the very jump that crosses it', () => {
    const text = flow(
      `id: checks\ntype: parallel\nbranches:\n  legal:\n    - id: a\n      ${SET.replace(', ', '\n      ')}\n      next: after`,
      `id: after\n${SET.replace(', ', '\n')}`,
    )
    expect(text.split('\n')[10]).toBe('          next: after')
    expect(at(text, 'step.crosses_boundary')).toEqual([11, 17, 11, 22])
  })

  it('is told at the very name that is read across it', () => {
    const text = flow(
      `id: checks\ntype: parallel\nbranches:\n  legal: [{id: a, ${SET}}]`,
      'id: after\ntype: set\nvalues:\n  v: "is {{ steps.a.output.a }}"',
    )
    expect(text.split('\n')[10]).toBe('      v: "is {{ steps.a.output.a }}"')
    expect(at(text, 'step.out_of_sight')).toEqual([11, 17, 11, 33])
  })
})
