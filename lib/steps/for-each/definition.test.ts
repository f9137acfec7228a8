import { describe, expect, it } from 'vitest'
import { flow, judge, only } from '#lib/workflow/validate-testkit.ts'
import { scopeOf, stepOf } from '../testkit.ts'
import { type ForEachConfig, forEach } from './definition.ts'

const STEPS = 'steps: [{id: ring, type: set, values: {a: "1"}}]'
const loop = (items: string, more = '') => `id: calls\ntype: for_each\nitems: ${items}\n${more}${STEPS}`
const config = (items: string, more = '') => stepOf(loop(items, more)).config as unknown as ForEachConfig
const fork = (items: string, runtime = {}, more = '') =>
  forEach.fork(config(items, more), scopeOf(runtime), stepOf(loop(items, more)))

describe('steps for each item', () => {
  it('take the items of a list, in its order', () => {
    expect(fork('runtime.people', { people: ['Ada', { name: 'Grace' }] })).toEqual({
      over: 'items',
      items: ['Ada', { name: 'Grace' }],
      max_concurrency: null,
    })
    expect(fork('runtime.people', { people: [] })).toMatchObject({ items: [] })
  })

  it('say how many may be under way at once', () => {
    expect(fork('"[1, 2]"', {}, 'max_concurrency: 5\n')).toMatchObject({ items: [1, 2], max_concurrency: 5 })
  })

  it.each([
    ['a text', { people: 'Ada' }],
    ['a mapping', { people: { ada: 1 } }],
    ['nothing', { people: null }],
  ])('are not done for %s', (_, runtime) => {
    expect(() => fork('runtime.people', runtime)).toThrow('items gives no list.')
  })

  it('hold one sequence, whose items are called item or by the name given', () => {
    expect(stepOf(loop('"[1]"')).blocks).toMatchObject([{ name: 'steps', start: 'ring' }])
    expect(config('"[1]"')).toMatchObject({ as: 'item' })
    expect(config('"[1]"', 'as: person\n')).toMatchObject({ as: 'person' })
  })

  it('call the item nothing that cannot be read, which is told where it stands', () => {
    const text = flow(loop('"[1]"', 'as: "1st"\n'))
    expect(judge(text).errors).toEqual(["step.bad_name 'as'"])
    const { line, column, endLine, endColumn } = only(text, 'step.bad_name')
    expect([line, column, endLine, endColumn]).toEqual([7, 5, 7, 7])
  })

  it.each([
    ['no items', `id: calls\ntype: for_each\n${STEPS}`],
    ['no steps', 'id: calls\ntype: for_each\nitems: "[1]"'],
    ['an empty list of steps', 'id: calls\ntype: for_each\nitems: "[1]"\nsteps: []'],
    ['none at once', loop('"[1]"', 'max_concurrency: 0\n')],
  ])('have no %s', (_, step) => {
    expect(judge(flow(step)).errors).not.toEqual([])
  })

  it('read their items as an expression, merge nothing and lead nowhere by themselves', () => {
    const each = config('runtime.people')
    expect(forEach.slots(each)).toEqual([
      { path: ['items'], kind: 'expression', source: 'runtime.people', secrets: false, wants: 'list' },
    ])
    expect([forEach.merge?.({}), forEach.jumps(each)]).toEqual([{}, []])
  })
})
