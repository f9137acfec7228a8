import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stepCatalog } from '#lib/steps/definitions.ts'
import type { Step, WorkflowDefinition } from './definition.ts'
import { printWorkflow } from './print.ts'
import { rewriteWorkflow } from './rewrite.ts'
import { writtenWorkflow } from './testing/written.ts'
import { validateWorkflow } from './validate.ts'
import { canonical } from './validate-testkit.ts'

const TEXT = `# Who writes what
name: Posts   # its name
version: 1
start_step: brief

steps:
    # The form.
    - id: Brief
      type: form   # asks
      config:
        fields:
          - {name: topic, type: text, required: true}   # one
          - {name: size, type: dropdown, values: [s, m]}
        timeout_hours: 24   # a day
      next: draft

    # The draft.
    - id: draft
      type: ai_generate
      config:
        prompt: |
          Write about {{ topic }}.
        json_schema:          # what it answers
          type: object
          properties: {title: {type: string}}
          required: [title]
      next: review

    # The review.
    - {id: review, type: approval, approvers: [a@b.co]}

tests: []   # none yet
outputs: {title: "{{ title }}"}
`

const rewrite = (change: (definition: WorkflowDefinition) => WorkflowDefinition, text = TEXT) =>
  rewriteWorkflow(text, change(canonical(text)), stepCatalog)
const stepped = (id: string, change: Partial<Step>) => (definition: WorkflowDefinition) => ({
  ...definition,
  steps: definition.steps.map((step) => (step.id === id ? { ...step, ...change } : step)),
})
const configured = (id: string, change: Step['config']) => (definition: WorkflowDefinition) => ({
  ...definition,
  steps: definition.steps.map((step) => (step.id === id ? { ...step, config: { ...step.config, ...change } } : step)),
})

/** The lines that are only in the one or the other. */
function differing(before: string, after: string): readonly string[] {
  const [a, b] = [before.split('\n'), after.split('\n')]
  return [
    ...a.filter((line) => !b.includes(line)).map((line) => `-${line}`),
    ...b.filter((line) => !a.includes(line)).map((line) => `+${line}`),
  ]
}

describe('an author’s text with another meaning', () => {
  it('stays to the letter where nothing changed', () => {
    expect(rewrite((definition) => definition)).toBe(TEXT)
    expect(rewrite((definition) => JSON.parse(JSON.stringify(definition)))).toBe(TEXT)
  })

  it('keeps the author’s keys, style and comments in the step that changed, and all lines elsewhere', () => {
    const after = rewrite(configured('brief', { timeout_ms: 7_200_000, title: 'Hello' }))
    expect(after.slice(after.indexOf('    # The draft.'))).toBe(TEXT.slice(TEXT.indexOf('    # The draft.')))
    expect(after).toContain('timeout_hours: 2h # a day')
    expect(after).toContain('        title: Hello\n')
    expect(after).toContain('type: form # asks')
    expect(after).toContain('{name: topic, type: text, required: true}')
  })

  it('changes one line for one value', () => {
    expect(
      differing(
        TEXT,
        rewrite((definition) => ({ ...definition, name: 'Notes' })),
      ),
    ).toEqual(['-name: Posts   # its name', '+name: Notes   # its name'])
    expect(differing(TEXT, rewrite(stepped('review', { name: 'Look' })))).toEqual([
      '-    - {id: review, type: approval, approvers: [a@b.co]}',
      '+    - {id: review, type: approval, approvers: [a@b.co], name: Look}',
    ])
  })

  it('writes under the name that the author used', () => {
    const after = rewrite(
      configured('draft', { output_schema: { type: 'object', properties: { head: { type: 'string' } } } }),
      TEXT.replace('{{ title }}', ''),
    )
    expect(after).toContain('json_schema:')
    expect(after).not.toContain('output_schema')
  })

  it('adds and removes at the top, and leaves tests alone', () => {
    const after = rewrite(({ label: _, ...definition }) => ({
      ...definition,
      label: null,
      tags: ['blog'],
      secrets: ['KEY'],
    }))
    expect(differing(TEXT, after)).toEqual(['-version: 1', '+tags: [blog]', '+secrets: [KEY]'])
    expect(after).toContain('name: Posts   # its name\ntags: [blog]\n')
    expect(after).toContain('tests: []   # none yet')
  })

  it('lets steps come, go and move with what is noted above them', () => {
    const note: Step = {
      ...(canonical(TEXT).steps[2] as Step),
      id: 'note',
      type: 'set',
      config: { values: { x: 1 } },
      next: null,
    }
    const after = rewrite((definition) => {
      const [brief, draft, review] = definition.steps as [Step, Step, Step]
      return {
        ...definition,
        outputs: null,
        steps: [{ ...brief, next: 'review' }, { ...review, next: 'draft' }, { ...draft, next: 'note' }, note],
      }
    })
    expect(after.match(/# The \w+|id: \w+/g)).toEqual([
      '# The form',
      'id: Brief',
      '# The review',
      'id: review',
      '# The draft',
      'id: draft',
      'id: note',
    ])
    const fewer = rewrite((definition) => ({
      ...definition,
      outputs: null,
      steps: [{ ...(definition.steps[0] as Step), next: null }],
    }))
    expect(fewer.match(/# The \w+|id: \w+/g)).toEqual(['# The form', 'id: Brief'])
  })

  it('prints JSON, and what cannot be read, anew', () => {
    const text = JSON.stringify({ name: 'x', steps: [{ id: 'a', type: 'set', values: { x: 1 } }] })
    const definition = { ...canonical(text), name: 'y' }
    expect(rewriteWorkflow(text, definition, stepCatalog)).toBe(printWorkflow(definition, stepCatalog))
    expect(rewriteWorkflow('[', definition, stepCatalog)).toBe(printWorkflow(definition, stepCatalog))
  })
})

it('whatever changes, the text says it, and the other steps keep their lines', { timeout: 600_000 }, () => {
  const read = (text: string) => validateWorkflow(text, stepCatalog).definition
  fc.assert(
    fc.property(
      writtenWorkflow,
      writtenWorkflow,
      fc.nat(),
      fc.nat(3),
      fc.boolean(),
      (one, other, which, how, config) => {
        const [before, donor] = [canonical(JSON.stringify(one)), canonical(JSON.stringify(other))]
        const noted = printWorkflow(before, stepCatalog, config ? 'config' : 'short').replaceAll(
          /^( *)- id: (\S+)$/gm,
          '$1# about $2\n$&  # $2',
        )
        const at = which % before.steps.length
        const step = before.steps[at] as Step
        const taken = donor.steps[which % donor.steps.length] as Step
        const rest = before.steps.filter((each) => each !== step)
        const changed = [
          { ...before, steps: before.steps.with(at, { ...step, name: 'Renamed: it' }) },
          {
            ...before,
            steps: before.steps.with(at, { ...step, config: taken.type === step.type ? taken.config : step.config }),
          },
          { ...before, description: donor.description, outputs: donor.outputs, static: donor.static },
          {
            ...before,
            start: rest[0]?.id ?? step.id,
            steps: rest.length > 0 ? rest.map((each, i) => ({ ...each, next: rest[i + 1]?.id ?? null })) : [step],
          },
        ][how] as WorkflowDefinition
        const wanted = read(printWorkflow(changed, stepCatalog))
        if (wanted === null) return
        const after = rewriteWorkflow(noted, changed, stepCatalog)
        expect(read(after)).toEqual(wanted)
        for (const { id } of wanted.steps) expect(after, noted).toContain(`# about ${id}\n`)
      },
    ),
    { numRuns: Number(process.env.REWRITE_RUNS ?? 150) },
  )
})
