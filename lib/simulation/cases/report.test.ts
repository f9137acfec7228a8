import { describe, expect, it } from 'vitest'
import { runTests } from './run-tests.ts'
import { indented } from './testing.ts'

const LOOP = `name: Loop
start_step: brief
steps:
  - {id: brief, type: form, fields: [{key: topic, type: text, required: true}, {key: words, type: number}]}
  - id: draft
    type: ai_generate
    prompt: Write about {{ topic }}.
    output_schema: {type: object, properties: {title: {type: string, minLength: 3}}, required: [title]}
    max_retries: 1
  - id: review
    type: approval
    approvers: [boss@company.com]
    timeout: 30d
    reminder: 7d
    on_timeout: escalate
    escalate_to: [chief@company.com]
    on_revise: {to: draft, max: 3}
    on_reject: refused
  - {id: done, type: set, values: {outcome: "'sent'"}, next: end}
  - {id: refused, type: set, values: {outcome: "'refused'"}}
outputs: {outcome: "{{ outcome }}", title: "{{ title }}"}
`
const SCRIPT = 'people: {brief: {topic: Tea}, review: approve}\nai: {draft: {title: Tea is nice}}'

describe('a report', () => {
  const refused = '  - {name: refused, people: {brief: {topic: Tea}, review: reject}, ai: {draft: success}}\n'
  const text = LOOP + indented(`name: happy\n${SCRIPT}`) + refused

  it('is the same each time', async () => {
    expect(await runTests(text)).toEqual(await runTests(text))
  })

  it('names what no test comes to', async () => {
    const { coverage } = await runTests(text)
    expect(coverage?.steps).toEqual({ total: 5, covered: 5, missed: [] })
    expect(coverage?.ways.missed).toEqual([{ from: 'review', to: 'draft', kind: 'revise', label: null, line: 10 }])
    const one = await runTests(LOOP + indented(`name: happy\n${SCRIPT}`))
    expect(one.coverage?.steps).toEqual({ total: 5, covered: 4, missed: [{ step: 'refused', line: 20 }] })
  })

  it('says nothing of a workflow that is not valid, or has no tests', async () => {
    const broken = await runTests('name: x\nsteps: []\n')
    expect(broken).toMatchObject({ workflow: null, cases: [], coverage: null })
    expect(broken.diagnostics.length).toBeGreaterThan(0)
    expect(await runTests(LOOP)).toMatchObject({ workflow: 'Loop', cases: [], coverage: null })
  })
})
