import { describe, expect, it } from 'vitest'
import { completions, hoverAt, labels, taken } from './testing.ts'

const FLOW = `name: Orders
steps:
  - id: brief
    type: form
    fields: [{key: topic, type: string, required: true}]
  - id: checks
    type: parallel
    branches:
      legal:
        - id: read
          type: ai_generate
          prompt: Read {{ topic }}.
          output_schema: {type: object, properties: {risk: {type: integer}}}
        - id: approve
          type: approval
          approvers: [a@b.co]
          message: LEGAL
      price:
        - id: quote
          type: set
          values: {amount: PRICE}
  - id: orders
    type: for_each
    items: runtime.lines
    as: line
    steps:
      - id: pack
        type: ai_generate
        prompt: PACK
        output_schema: {type: object, properties: {box: {type: string}}}
  - id: after
    type: set
    values: {v: AFTER}
`

const at = (mark: string, text: string) => FLOW.replace(mark, text)

describe('completion inside a step', () => {
  it.each([
    ['keys of a step in a branch', at('message: LEGAL', 'me|'), ['message']],
    ['keys of a step in a loop', at('prompt: PACK', 'pro|'), ['prompt', 'provider']],
    [
      'types',
      at('        - id: quote\n          type: set', '        - id: quote\n          type: |'),
      ['set', 'parallel'],
    ],
    ['steps of the same branch', at('message: LEGAL', 'on_reject: |'), ['read', 'fail']],
    ['names of what came before', at('LEGAL', '"{{ | }}"'), ['topic', 'steps']],
    ['steps that are seen', at('LEGAL', '"{{ steps.| }}"'), ['brief', 'read']],
    ['outputs of the same branch', at('LEGAL', '"{{ steps.read.output.| }}"'), ['risk']],
    ['the item by both its names', at('PACK', '"{{ | }}"'), ['item', 'line']],
  ])('offers %s', (_, text, expected) => {
    expect(labels(text)).toEqual(expect.arrayContaining(expected))
  })

  it('offers nothing of another branch', () => {
    expect(labels(at('PRICE', '"{{ steps.| }}"'))).toEqual(['brief'])
    expect(labels(at('PRICE', '"{{ steps.read.output.| }}"'))).toEqual([])
    expect(labels(at('message: LEGAL', 'on_reject: |'))).not.toContain('quote')
  })

  it('begins a whole step, as deep as it stands', () => {
    const text = at('        - id: quote\n          type: set\n          values: {amount: PRICE}', '        - |')
    expect(taken(text, 'set step')).toContain('        - id: totals\n          type: set\n')
  })
})

describe('what is read once the steps inside are done', () => {
  it.each([
    ['branches', 'steps.checks.output.|', ['legal', 'price']],
    ['steps of a branch', 'steps.checks.output.legal.|', ['read', 'approve']],
    ['what they gave', 'steps.checks.output.legal.read.|', ['risk']],
    ['steps of a loop by an index', 'steps.orders.output[0].|', ['pack']],
    ['what they gave for an item', 'steps.orders.output[0].pack.|', ['box']],
  ])('offers %s', (_, read, expected) => {
    expect(labels(at('AFTER', `"{{ ${read} }}"`))).toEqual(expected)
  })

  it('says what they are', () => {
    const found = completions(at('AFTER', '"{{ steps.checks.output.legal.read.| }}"'))
    expect(found.map(({ detail }) => detail)).toEqual(['whole number · read'])
  })
})

describe('hovering inside a step', () => {
  const docs = (text: string) => hoverAt(text)?.docs.join('\n')

  it('says what a key, a type and a step are', () => {
    expect(docs(at('message: LEGAL', 'mess|age: Hello'))).toContain('What the approvers are told')
    expect(docs(at('- id: quote\n          type: set', '- id: quote\n          type: s|et'))).toContain('**Set**')
    expect(docs(at('message: LEGAL', 'on_reject: re|ad'))).toContain('Step `read`: AI')
  })

  it('says what an expression reads', () => {
    expect(docs(at('LEGAL', '"{{ steps.read.output.ri|sk }}"'))).toBe(
      '`steps.read.output.risk`\nWhole number.\nProvided by read.',
    )
    expect(docs(at('AFTER', '"{{ steps.orders.output[0].pack.b|ox }}"'))).toBe(
      '`steps.orders.output[0].pack.box`\nText.\nProvided by pack.',
    )
    expect(docs(at('PACK', '"{{ li|ne }}"'))).toBe('`line`\nThe item of the list that the steps here are done for.')
    expect(docs(at('AFTER', '"{{ it|em }}"'))).toBeUndefined()
  })
})
