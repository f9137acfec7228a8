import { describe, expect, it } from 'vitest'
import { stepCatalog } from '#lib/steps/definitions.ts'
import { validateWorkflow } from '../validate.ts'
import { completions, labels, taken } from './testing.ts'

const FLOW = `name: Post
static: {company: Acme}
secrets: [CMS_KEY]
inputs:
  - {key: budget, type: number, required: true}
steps:
  - id: ask
    type: form
    fields:
      - {key: topic, type: string, required: true}
      - {key: audience, type: enum, options: [devs, makers]}
  - id: draft
    type: ai_generate
    prompt: Write about {{ topic }}.
    output_schema:
      type: object
      properties:
        title: {type: string}
        meta: {type: object, properties: {words: {type: integer}}}
  - id: my-check
    type: conditional
    condition: budget > 3
    if_true: publish
    if_false: review
  - id: review
    type: approval
    approvers: [a@b.co]
  - id: publish
    type: api_call
    url: https://example.com
`

/** The flow with one line, found by how it begins, written anew. */
const withLine = (begin: string, line: string) => {
  const lines = FLOW.split('\n')
  const at = lines.findIndex((row) => row.trimStart().startsWith(begin))
  if (at < 0) throw new Error(`No line begins with ${begin}`)
  lines[at] = line
  return lines.join('\n')
}

describe('keys', () => {
  it.each([
    ['of a workflow that begins', '|', ['name', 'steps', 'start_step', 'outputs']],
    ['of a workflow, by their beginning', 'name: A\nst|', ['start_step', 'static', 'steps']],
    ['of a step, by its type', 'steps:\n  - id: a\n    type: form\n    |', ['fields', 'title', 'assignee', 'next']],
    ['of a step whose type stands below', 'steps:\n  - id: a\n    pro|\n    type: ai_generate', ['prompt', 'provider']],
    ['inside config', 'steps:\n  - id: a\n    type: ai_generate\n    config:\n      |', ['prompt', 'model']],
    [
      'of a field',
      'steps:\n  - id: a\n    type: form\n    fields:\n      - key: b\n        |',
      ['type', 'label', 'options'],
    ],
    [
      'of a field in braces',
      'steps:\n  - id: a\n    type: form\n    fields:\n      - {key: b, |}',
      ['type', 'required'],
    ],
    ['of an item that begins', 'steps:\n  - |', ['id', 'type']],
    [
      'of an approval in the middle',
      'steps:\n  - id: a\n    type: approval\n    on_|\n    timeout: 3h',
      ['on_timeout', 'on_reject', 'on_revise', 'on_error'],
    ],
    ['of a revision', 'steps:\n  - id: a\n    type: approval\n    on_revise: {|}', ['to', 'max']],
    ['of a retry', 'steps:\n  - id: a\n    type: api_call\n    retry:\n      |', ['max_attempts', 'interval', 'on']],
    ['of limits', 'limits:\n  |', ['timeout', 'idempotency']],
    ['in JSON', '{"name": "A", "steps": [{"id": "a", "type": "form", "fi|"}]}', ['fields']],
  ])('%s', (_, text, expected) => {
    expect(labels(text)).toEqual(expect.arrayContaining(expected))
  })

  it('leave out what is there, in any spelling, what does nothing yet, and other spellings', () => {
    const offered = labels(
      'steps:\n  - id: a\n    type: approval\n    timeout_hours: 3\n    approvers: [a@b.co]\n    |',
    )
    for (const key of [
      'id',
      'type',
      'approvers',
      'timeout',
      'timeout_s',
      'reminder_hours',
      'bind',
      'callback_url',
      'depends_on',
    ])
      expect(offered).not.toContain(key)
    expect(offered).toContain('reminder')
  })

  it('put first what the step needs, and last what every step may have', () => {
    const offered = labels('steps:\n  - id: a\n    type: form\n    |')
    expect(offered[0]).toBe('fields')
    expect(offered.indexOf('title')).toBeLessThan(offered.indexOf('on_error'))
  })

  it('are written with their colon, a list with its first item; a key that has its colon is only replaced', () => {
    expect(taken('steps:\n  - id: a\n    type: form\n    fi|', 'fields')).toBe(
      'steps:\n  - id: a\n    type: form\n    fields: ',
    )
    expect(taken('na|', 'name')).toBe('name: ')
    expect(taken('steps:\n  - id: a\n    ty|: form', 'type')).toBe('steps:\n  - id: a\n    type: form')
  })

  it('are not offered in a comment, or in the middle of a text', () => {
    for (const text of ['# a|', 'name: Hello th|ere', 'steps:\n  - id: a\n    type: form # fi|'])
      expect(labels(text), text).toEqual([])
  })
})

describe('whole steps', () => {
  it('are offered behind the dash, and valid as they are', () => {
    const begun = 'name: A\nstart_step: totals\nsteps:\n  - |'
    expect(labels(begun)).toEqual(expect.arrayContaining(['form step', 'approval step']))
    const text = taken(begun, 'set step')
    expect(text).toContain('  - id: totals\n    type: set\n    values:\n      total')
    expect(validateWorkflow(text, stepCatalog).diagnostics).toEqual([])
  })
})

describe('values', () => {
  it.each([
    ['step types', 'steps:\n  - id: a\n    type: |', ['form', 'ai_generate', 'approval']],
    [
      'types of fields',
      'steps:\n  - id: a\n    type: form\n    fields:\n      - key: b\n        type: |',
      ['string', 'dropdown', 'date'],
    ],
    ['words of a choice', 'steps:\n  - id: a\n    type: approval\n    priority: |', ['low', 'normal', 'high']],
    ['true and false', 'steps:\n  - id: a\n    type: form\n    public: |', ['true', 'false']],
    ['roles', 'steps:\n  - id: a\n    type: approval\n    approvers: [{role: |}]', ['editor', 'admin']],
    [
      'operators',
      'steps:\n  - id: a\n    type: conditional\n    condition: {field: x, operator: |}',
      ['eq', 'contains'],
    ],
    ['durations, for example', 'steps:\n  - id: a\n    type: approval\n    timeout: |', ['24h', '7d']],
  ])('%s', (_, text, expected) => {
    expect(labels(text)).toEqual(expect.arrayContaining(expected))
  })

  it('stored prompts and secrets of the workspace', () => {
    expect(labels('steps:\n  - id: a\n    type: ai_generate\n    template_id: |', { templates: ['blog'] })).toEqual([
      'blog',
    ])
    expect(labels('secrets:\n  - |', { secrets: ['CMS'] })).toEqual(['CMS'])
  })
})

describe('ids of steps', () => {
  const others = ['ask', 'draft', 'publish']
  it.each([
    ['next', 'if_true:', '    next: |', [...others, 'review', 'end']],
    ['a branch', 'if_true:', '    if_true: |', [...others, 'review', 'end']],
    ['then', 'if_true:', '    then: pu|', ['publish']],
    ['on_error', 'url:', '    on_error: |', ['ask', 'my-check', 'fail']],
    ['on_reject', 'approvers:', '    on_reject: |', [...others, 'fail']],
    ['on_revise', 'approvers:', '    on_revise: {to: dr|}', ['draft']],
    ['on_revise in short', 'approvers:', '    on_revise: dr|', ['draft']],
    ['on_timeout', 'approvers:', '    on_timeout: |', ['reject', 'escalate', ...others]],
    ['start_step', 'static:', 'start_step: |', ['ask', 'review']],
    ['a case', 'condition:', '    cases: [{when: "true", next: |}]', [...others]],
  ])('after %s', (_, begin, line, expected) => {
    expect(labels(withLine(begin, line))).toEqual(expect.arrayContaining(expected))
  })

  it('never the step itself', () => {
    expect(labels(withLine('if_true:', '    if_true: |'))).not.toContain('my-check')
  })
})

describe('what can be read in an expression', () => {
  it.each([
    [
      'in a template',
      'prompt:',
      '    prompt: About {{ |',
      ['topic', 'audience', 'budget', 'steps', 'static', 'default', 'lower'],
    ],
    ['in a template that goes on', 'prompt:', '    prompt: "About {{ top| }} and more"', ['topic']],
    ['in a condition', 'condition:', '    condition: |', ['topic', 'title', 'budget']],
    ['in a condition after an operator', 'condition:', '    condition: budget > 3 and ti|', ['title']],
    ['of runtime', 'condition:', '    condition: runtime.|', ['topic', 'title', 'meta']],
    ['of runtime, deeper', 'condition:', '    condition: runtime.meta.|', ['words']],
    ['by its bare name, deeper', 'condition:', '    condition: meta.w|', ['words']],
    ['of steps', 'condition:', '    condition: steps.|', ['ask', 'draft']],
    ['of a step', 'condition:', '    condition: steps.draft.|', ['output']],
    ['of a step’s output', 'condition:', '    condition: steps.draft.output.|', ['title', 'meta']],
    ['of a step’s output, deeper', 'condition:', '    condition: steps.draft.output.meta.|', ['words']],
    ['of the profile', 'condition:', '    condition: profile.user_|', ['user_id', 'user_email', 'user_role']],
    ['of the inputs', 'condition:', '    condition: inputs.|', ['budget']],
    ['of the run', 'condition:', '    condition: run.|', ['id', 'workflow_name']],
    ['in a field of a mapping', 'condition:', '    condition: {field: ti|, value: 3}', ['title']],
    ['in a tag of a template', 'prompt:', '    prompt: "{% if au|"', ['audience']],
    ['as a filter', 'prompt:', '    prompt: "{{ topic \\| lo|"', ['lower']],
    ['as a test', 'prompt:', '    prompt: "{{ topic is def|"', ['defined']],
    ['in a list of names', 'prompt:', '    variables: [top|]', ['topic']],
    [
      'in a block of text',
      'prompt:',
      '    prompt: |\n      Hello\n      {{ aud|'.replace('|\n', '\\|\n'),
      ['audience'],
    ],
  ])('%s', (_, begin, line, expected) => {
    expect(labels(withLine(begin, line))).toEqual(expect.arrayContaining(expected))
  })

  it('constants of the file before those of the workspace', () => {
    expect(labels(withLine('condition:', '    condition: static.|'), { statics: ['currency', 'company'] })).toEqual([
      'company',
      'currency',
    ])
  })

  it('secrets by their names, and only where they may be read', () => {
    expect(labels(withLine('url:', '    url: "https://example.com/{{ secrets.| }}"'), { secrets: ['OTHER'] })).toEqual([
      'CMS_KEY',
      'OTHER',
    ])
    expect(labels(withLine('url:', '    url: "https://x.co/{{ | }}"'))).toContain('secrets')
    expect(labels(withLine('prompt:', '    prompt: "{{ | }}"'))).not.toContain('secrets')
  })

  it('only what a step before can have left', () => {
    expect(labels(withLine('prompt:', '    prompt: "{{ | }}"'))).not.toContain('title')
    expect(labels(withLine('prompt:', '    prompt: "{{ steps.| }}"'))).toEqual(['ask'])
    expect(labels(`${FLOW}outputs:\n  title: "{{ | }}"\n`)).toEqual(
      expect.arrayContaining(['title', 'approved', 'api_response']),
    )
  })

  it('says the type of each, and who provides it', () => {
    const found = completions(withLine('condition:', '    condition: |'))
    const details = Object.fromEntries(found.map(({ label, detail }) => [label, detail]))
    expect(details).toMatchObject({
      topic: 'text · ask',
      audience: 'devs, makers or empty · ask',
      budget: 'number · input',
      meta: 'mapping · draft',
    })
  })

  it('reaches a step with a hyphen in brackets', () => {
    expect(taken(withLine('url:', '    url: "{{ steps.my| }}"'), 'my-check')).toContain("{{ steps['my-check'] }}")
  })

  it('writes a function with its brackets', () => {
    expect(taken(withLine('condition:', '    condition: le|'), 'len')).toContain('condition: len(|)')
  })

  it('nothing inside a text in quotes, nor after a number', () => {
    for (const condition of ["topic == 'to|'", 'budget > 3|'])
      expect(labels(withLine('condition:', `    condition: ${condition}`)), condition).toEqual([])
  })
})

describe('any place of a text', () => {
  it('answers without an error, however the text is cut off there', () => {
    for (let at = 0; at <= FLOW.length; at += 1) {
      const cut = FLOW.slice(0, at).replaceAll('|', '\\|')
      expect(() => completions(`${cut}|`), cut.slice(-40)).not.toThrow()
    }
  })
})
