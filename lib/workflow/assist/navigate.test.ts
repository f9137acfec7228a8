import { describe, expect, it } from 'vitest'
import { definitions, references } from './testing.ts'

const FLOW = `name: Post
start_step: ask
static: {company: Acme}
secrets: [CMS_KEY]
inputs: [{key: budget, type: number, required: true}]
steps:
  - id: ask
    type: form
    fields:
      - {name: topic, type: string, required: true}
  - id: my-draft
    type: ai_generate
    prompt: Write about {{ runtime.topic | lower }} for {{ static.company }}.
    config:
      json_schema:
        type: object
        properties:
          title: {type: string}
          meta: {$ref: "#/$defs/meta"}
        $defs: {meta: {type: object, properties: {words: {type: integer}}}}
    on_error: ask
  - id: keep
    type: set
    values:
      label: title
      size: steps['my-draft'].output.meta.words + budget
  - id: checks
    type: parallel
    branches:
      legal:
        - {id: read, type: set, values: {risk: 1}}
  - id: each
    type: for_each
    items: steps.checks.output.legal.read
    as: one
    steps:
      - {id: pack, type: set, values: {box: one, same: item}}
  - id: send
    type: api_call
    url: https://example.com/{{ label }}
    headers: {Authorization: "{{ secrets.CMS_KEY }}"}
    success_when: body.ok
    response_schema: {type: object, properties: {ok: {type: boolean}}}
  - id: all
    type: set
    values:
      boxes: "{% for r in steps.each.output %}{{ r.pack.box }}{% endfor %}"
      text: len(x for x in steps.each.output if x.pack.same)
outputs: {sent: "{{ steps.send.output.body.ok }}"}
tests:
  - {name: happy, people: {ask: {topic: Tea}}, expect: {visited: [keep]}}
`

/** The flow with the cursor in a word that is found by what stands around it. */
const on = (word: string, within = word) => {
  const at = FLOW.indexOf(word, FLOW.indexOf(within)) + 1
  return `${FLOW.slice(0, at).replaceAll('|', '\\|')}|${FLOW.slice(at).replaceAll('|', '\\|')}`
}

describe('a jump to where a name was written down leads', () => {
  it.each([
    ['from a target to the step', 'ask', 'on_error: ask', ['7: ask']],
    ['from start_step to the step', 'ask', 'start_step: ask', ['7: ask']],
    ['from an expression to the step', 'my-draft', "steps['my-draft']", ['11: my-draft']],
    ['from a test to the step', 'ask', '{ask: {topic', ['7: ask']],
    ['from what a test expects to the step', 'keep', '[keep]', ['22: keep']],
    ['from a variable to its field', 'topic', 'runtime.topic', ['10: topic']],
    ['from a bare name to its schema', 'title', 'label: title', ['18: title']],
    ['through a reference of a schema', 'words', 'meta.words', ['20: words']],
    ['from a name to the value that was set', 'label', '{{ label', ['25: label']],
    ['from an input to its field', 'budget', '+ budget', ['5: budget']],
    ['from a constant to its declaration', 'company', 'static.company', ['3: company']],
    ['from a secret to its declaration', 'CMS_KEY', 'secrets.CMS_KEY', ['4: CMS_KEY']],
    ['from a branch to its name', 'legal', 'output.legal', ['30: legal']],
    ['into a branch', 'read', 'legal.read', ['31: read']],
    ['from an item to its name', 'one', 'box: one', ['35: one']],
    ['from item to its name', 'item', 'same: item', ['35: one']],
    ['from a part of a response to its schema', 'ok', 'body.ok', ['43: ok']],
    ['from what is read of an output', 'ok', 'output.body.ok', ['43: ok']],
    ['from a step read in a loop of a template', 'pack', 'r.pack', ['37: pack']],
    ['from a value read there', 'box', 'r.pack.box', ['37: box']],
    ['from a step read in a generator', 'pack', 'if x.pack', ['37: pack']],
  ])('%s', (_, word, within, expected) => {
    expect(definitions(on(word, within))).toEqual(expected)
  })

  it('to every step that may have given the name', () => {
    const text = `name: A
start_step: fork
inputs: [{key: x, type: number}]
steps:
  - {id: fork, type: conditional, condition: "true", if_true: a, if_false: b}
  - {id: a, type: set, values: {v: 1}, next: c}
  - {id: b, type: set, values: {v: 2}}
  - {id: c, type: set, values: {w: v|}}
`
    expect(definitions(text)).toEqual(['6: v', '7: v'])
  })

  it('nowhere from plain text, keys, functions and what the language itself provides', () => {
    for (const [word, within] of [
      ['Post', 'Post'],
      ['prompt', 'prompt'],
      ['lower', 'lower'],
      ['Write', 'Write'],
    ] as const) {
      expect(definitions(on(word, within)), within).toEqual([])
    }
  })

  it('also while the text is half written', () => {
    const text =
      'steps:\n  - {id: a, type: set, values: {v: 1}}\n  - id: b\n    type: set\n    values: {w: "{{ steps.a|.out'
    expect(definitions(text)).toEqual(['2: a'])
  })
})

describe('the places that speak of', () => {
  it('a step', () => {
    const expected = ['2: ask', '7: ask', '21: ask', '51: ask']
    expect(references(on('ask', 'on_error: ask'))).toEqual(expect.arrayContaining(expected))
    expect(references(on('ask', 'on_error: ask'))).toHaveLength(4)
  })

  it('a step inside another, however it is reached', () => {
    expect(references(on('pack', 'id: pack'))).toEqual(['37: pack', '47: pack', '48: pack'])
  })

  it('a variable, from where it is read and from where it is declared', () => {
    const expected = ['10: topic', '13: topic']
    expect(references(on('topic', 'runtime.topic'))).toEqual(expected)
    expect(references(on('topic', 'name: topic'))).toEqual(expected)
  })

  it('nothing', () => {
    expect(references(on('Post'))).toEqual([])
  })
})
