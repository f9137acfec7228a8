import { expect } from 'vitest'
import { stepCatalog } from '#lib/steps/definitions.ts'
import type { CaseReport } from '#lib/workflow/cases/report.ts'
import { validateWorkflow } from '#lib/workflow/validate.ts'
import { runTests, type TestOptions } from './run-tests.ts'
import type { Library } from './stage.ts'

/** A form, a model's draft, and an approval that may revise, refuse, remind and escalate. */
export const LOOP = `name: Loop
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
/** It goes well. */
export const SCRIPT = 'people: {brief: {topic: Tea}, review: approve}\nai: {draft: {title: Tea is nice}}'

/** For tests: these workflows, found by their names. */
export function libraryOf(texts: readonly string[]): Library {
  const known = texts.map((text) => validateWorkflow(text, stepCatalog))
  return (name) => {
    const found = known.find(({ definition }) => definition?.name === name)
    return found?.definition ? { definition: found.definition, tests: found.tests } : null
  }
}

/** One test, as it stands at the end of a workflow. */
export const indented = (test: string) => `tests:\n  - ${test.trim().split('\n').join('\n    ')}\n`

/** Plays the one test of a workflow. */
export async function play(flow: string, test: string, options?: TestOptions): Promise<CaseReport> {
  const { cases, diagnostics } = await runTests(flow + indented(test), options)
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  const [only] = cases
  if (!only) throw new Error('no test was played')
  return only
}
/** What a report says is wrong, one line each. */
export const told = ({ findings }: CaseReport) => findings.map(({ what, message }) => `${what}: ${message}`)
