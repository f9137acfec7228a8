import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stepCatalog } from '#lib/steps/definitions.ts'
import { goodTexts } from '#lib/testing/good-texts.ts'
import { validateWorkflow } from '../validate.ts'
import { renamableAt } from './rename.ts'
import { renamed } from './testing.ts'

const FLOW = `# The flow of posts
name: Post
start_step: draft   # where it begins
inputs: [{key: topic, type: string, required: true}]
steps:
  - id: draft # the draft
    type: ai_generate
    prompt: "Write about {{ topic }}. It's draft, steps.draft"

  - id: 'review'
    type: approval
    approvers: [a@b.co]
    message: |
      Please read {{ runtime.draft }},
      or {{ steps.draft.output }}.
    show: {Text: draft, Length: "len(steps['draft'].output)"}
    on_revise: {to: Draft, max: 2}
    on_reject: tell
    on_timeout: reject
    next: sort
  - {id: sort, type: conditional, condition: {field: steps.draft.output, operator: eq, value: draft}, if_true: end, if_false: tell}
  - id: tell
    type: set
    values: {v: 'steps.review.output.comment', w: 'It is {{ steps["draft"].output }}'}
outputs:
  text: "{{ draft }}"
tests:
  - name: happy
    ai: {draft: [success]}
    people: {review: approve}
    expect: {path: [draft, review, sort], decisions: {review: approve}}
`

const on = (text: string, word: string, within = word) => {
  const at = text.indexOf(word, text.indexOf(within)) + 1
  return `${text.slice(0, at).replaceAll('|', '\\|')}|${text.slice(at).replaceAll('|', '\\|')}`
}

describe('renaming a step', () => {
  it('changes every use of it, and nothing else', () => {
    const now = renamed(on(FLOW, 'draft', 'id: draft'), 'text')
    expect(now).toBe(
      FLOW.replace('start_step: draft', 'start_step: text')
        .replace('id: draft #', 'id: text #')
        .replace('runtime.draft', 'runtime.text')
        .replace('steps.draft.output }}.', 'steps.text.output }}.')
        .replace('Text: draft', 'Text: text')
        .replace("steps['draft'].output)", "steps['text'].output)")
        .replace('to: Draft', 'to: text')
        .replace('field: steps.draft', 'field: steps.text')
        .replace('steps["draft"]', 'steps["text"]')
        .replace('"{{ draft }}"', '"{{ text }}"')
        .replace('ai: {draft', 'ai: {text')
        .replace('path: [draft', 'path: [text'),
    )
  })

  it('works from any of its uses', () => {
    const expected = renamed(on(FLOW, 'draft', 'id: draft'), 'text')
    for (const within of ['start_step: draft', 'to: Draft', 'steps.draft.output', 'ai: {draft', 'path: [draft'])
      expect(renamed(on(FLOW, within.includes('Draft') ? 'Draft' : 'draft', within), 'text'), within).toBe(expected)
  })

  it('reaches an id with a hyphen in brackets, quoted as the text around it is', () => {
    const now = renamed(on(FLOW, 'draft', 'id: draft'), 'first-draft')
    expect(now).toContain("Please read {{ runtime['first-draft'] }}")
    expect(now).toContain("or {{ steps['first-draft'].output }}.")
    expect(now).toContain("len(steps['first-draft'].output)")
    expect(now).toContain('{field: "steps[\'first-draft\'].output", operator')
    expect(now).toContain(`'It is {{ steps["first-draft"].output }}'`)
    expect(validateWorkflow(now, stepCatalog).diagnostics).toEqual(validateWorkflow(FLOW, stepCatalog).diagnostics)
    const review = renamed(on(FLOW, 'review', "id: 'review'"), 'look-at')
    expect(review).toContain("v: 'steps[''look-at''].output.comment'")
  })

  it('follows what branches and loops gave', () => {
    const text = `name: A
start_step: each
inputs: [{key: lines, type: array, options: [a, b]}]
steps:
  - id: each
    type: for_each
    items: lines
    steps:
      - {id: pack, type: set, values: {box: item}}
  - id: after
    type: set
    values:
      first: steps.each.output[0].pack.box
      all: "{% for r in steps.each.output %}{{ r.pack.box }} {{ loop.index }}{% endfor %}"
      some: any(x.pack.box == 'a' for x in steps.each.output)
`
    const now = renamed(on(text, 'pack'), 'wrap')
    expect(now).toBe(text.replaceAll('pack', 'wrap'))
  })

  it.each([
    ['an id that is taken', 'Review', 'There is a step review already'],
    ['a reserved word', 'end', 'reserved word'],
    ['a namespace', 'runtime', 'reserved word'],
    ['an id that is none', '1st', 'begins with a letter'],
    ['what YAML reads as something else', 'true', 'YAML does not read true as a name'],
    ['the name of another variable', 'topic', 'would not mean the same'],
  ])('refuses %s with a sentence', (_, to, expected) => {
    expect(() => renamed(on(FLOW, 'draft', 'id: draft'), to)).toThrow(expected)
  })

  it('refuses where no step stands, and where the text cannot be read', () => {
    const at = (text: string, line: number, column: number) =>
      renamableAt({ text, line, column }, { catalog: stepCatalog })
    expect(at(FLOW, 2, 8)).toEqual({ refused: expect.stringContaining('Only steps') })
    expect(at(`${FLOW}x: "open`, 6, 10)).toEqual({ refused: expect.stringMatching(/cannot be read.*Line/) })
    expect(at(FLOW, 6, 10)).toMatchObject({ name: 'draft', line: 6, column: 9, endColumn: 14 })
  })

  it('there and back leaves every good workflow as it was, to the letter', () => {
    const texts = goodTexts()
    const ids = texts.flatMap(([name, text]) =>
      [...text.matchAll(/\bid: (["']?)([a-z][\w-]*)\1(?=[,\s}])/g)]
        .filter((found) => isStepId(text, found.index + found[0].length - 1))
        .map((found) => ({ name, text, id: found[2] ?? '', at: found.index + found[0].lastIndexOf(found[2] ?? '') })),
    )
    expect(ids.length).toBeGreaterThan(40)
    fc.assert(
      fc.property(fc.constantFrom(...ids), ({ name, text, id, at }) => {
        const there = renamed(marked(text, at), 'quite_another')
        expect(there, name).not.toBe(text)
        expect(canonical(there, 'quite_another', id), name).toBe(canonical(text, 'quite_another', id))
        // Where an author wrote the id in another case, it comes back as the step has it.
        const back = renamed(marked(there, there.indexOf('quite_another')), id)
        expect(back.toLowerCase(), name).toBe(text.toLowerCase())
      }),
      { numRuns: 40, endOnFailure: true },
    )
  })
})

function marked(text: string, at: number): string {
  return `${text.slice(0, at + 1).replaceAll('|', '\\|')}|${text.slice(at + 1).replaceAll('|', '\\|')}`
}

function isStepId(text: string, offset: number): boolean {
  const before = text.slice(0, offset).split('\n')
  const at = { text, line: before.length, column: (before.at(-1) ?? '').length }
  return 'name' in renamableAt(at, { catalog: stepCatalog })
}

/** The canonical form with one name read as the other. */
function canonical(text: string, from: string, to: string): string {
  return JSON.stringify(validateWorkflow(text, stepCatalog).definition).replaceAll(from, to)
}
