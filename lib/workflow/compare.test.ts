import { describe, expect, it } from 'vitest'
import { compareDefinitions } from './compare.ts'
import { workflow } from './testkit.ts'
import { canonical } from './validate-testkit.ts'

const BASE = `name: Post
steps:
  - id: brief
    type: form
    fields: [{key: topic, type: text}]
  - id: draft
    type: ai_generate
    prompt: Write about {{ topic }}.
    timeout: 30s
  - id: review
    type: approval
    approvers: [boss@company.com]
    timeout: 24h
`

function changes(after: string, before: string = BASE): readonly string[] {
  return compareDefinitions(canonical(before), canonical(after)).map(({ text }) => text)
}

const swap = (from: string, to: string) => BASE.replace(from, to)

describe('what differs in meaning between two workflows', () => {
  it.each([
    ['nothing where only comments and style differ', swap('name: Post', '# why\nname: "Post"'), []],
    ['a duration, in words', swap('30s', '60s'), ['Step draft: timeout 30s → 1m']],
    ['a duration that is new', swap('    timeout: 30s\n', ''), ['Step draft: timeout 30s → 1m']],
    [
      'a long value only by its name',
      swap('Write about', `${'Please '.repeat(12)}write about`),
      ['Step draft: prompt changed'],
    ],
    [
      'an approver more',
      swap('[boss@company.com]', '[boss@company.com, manager@company.com]'),
      ['Step review: approver manager@company.com added'],
    ],
    [
      'an approver less and one more',
      swap('boss@company.com', 'new@company.com'),
      ['Step review: approver boss@company.com removed', 'Step review: approver new@company.com added'],
    ],
    [
      'a field more',
      swap('[{key: topic, type: text}]', '[{key: topic, type: text}, {key: tone, type: text}]'),
      ['Step brief: field tone added'],
    ],
    [
      'a field’s own change',
      swap('{key: topic, type: text}', '{key: topic, type: text, required: true}'),
      ['Step brief: field topic required false → true'],
    ],
    [
      'a handler',
      swap('    timeout: 24h\n', '    timeout: 24h\n    on_error: brief\n'),
      ['Step review: on error fail → brief'],
    ],
    ['the name', swap('name: Post', 'name: Article'), ['Name Post → Article']],
    ['an input', swap('name: Post', 'name: Post\ninputs: [{key: lang, type: text}]'), ['Inputs set']],
  ])('tells %s', (_, after, told) => {
    expect(changes(after).filter((text) => !text.includes('default'))).toEqual(told)
  })

  it('tells an added step once, with its place, and not also as a new way of the one before', () => {
    const added = swap('  - id: review', '  - id: note\n    type: set\n    values: {a: 1}\n  - id: review')
    expect(changes(added)).toEqual(['Step note added after draft'])
    expect(changes(BASE, added)).toEqual(['Step note removed'])
  })

  it('tells a way that leads elsewhere', () => {
    const row = (next: string | null) =>
      workflow([
        { id: 'a', type: 'call', next },
        { id: 'b', type: 'call' },
        { id: 'c', type: 'call' },
      ])
    expect(compareDefinitions(row('b'), row('c')).map(({ text }) => text)).toEqual(['Step a: next b → c'])
    expect(compareDefinitions(row('b'), row(null)).map(({ text }) => text)).toEqual(['Step a: next b → end'])
  })

  it('tells a step’s new name as that', () => {
    expect(changes(BASE.replace('id: review', 'id: decision'))).toEqual(['Step review renamed to decision'])
  })
})
