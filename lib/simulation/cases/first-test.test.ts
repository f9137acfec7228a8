import { describe, expect, it } from 'vitest'
import { BLUEPRINTS } from '#lib/blueprints/blueprints.ts'
import type { TextEdit } from '#lib/workflow/diagnostics.ts'
import { firstTest } from './first-test.ts'
import { runTests } from './run-tests.ts'

/** The edit stands at the end of the text. */
const apply = (text: string, edit: TextEdit | null) => {
  if (edit === null) throw new Error('there is no edit')
  expect([edit.line, edit.column]).toEqual([edit.endLine, edit.endColumn])
  return text + edit.newText
}
const untested = (yaml: string) => yaml.slice(0, yaml.indexOf('\ntests:'))

const LOOP = `name: Loop
start_step: brief
steps:
  - {id: brief, type: form, fields: [{key: topic, type: text, required: true}]}
  - {id: draft, type: ai_generate, prompt: Write., output_key: draft}
  - {id: review, type: approval, approvers: [boss@company.com]}
`

describe('the first test of a workflow', () => {
  it('is written as an author would', async () => {
    expect(apply(LOOP, await firstTest(LOOP))).toBe(`${LOOP}
tests:
  - name: everybody agrees
    people: {brief: {topic: feedback}, review: approve}
    ai: {draft: success}
    expect: {path: [brief, draft, review]}
`)
  })

  it.each(BLUEPRINTS)('passes for $id', async ({ yaml }) => {
    const text = untested(yaml)
    const { cases } = await runTests(apply(text, await firstTest(text)))
    expect(cases.map(({ name, findings }) => [name, findings])).toEqual([[expect.any(String), []]])
  })

  it.each([
    ['nobody may approve', '{id: a, type: approval, approvers: [tester@example.com]}', 'status: waiting'],
    ['asks other workflows', '{id: a, type: workflow, workflow: Other}', 'workflows: {a: {outputs: {}}}'],
    ['fails for good', '{id: a, type: set, values: {b: "1 / 0"}}', 'error: expression.division_by_zero'],
  ])('keeps what came of one that %s', async (_, step, expected) => {
    const text = `name: x\nstart_step: a\nsteps:\n  - ${step}`
    const made = apply(text, await firstTest(text))
    expect(made).toContain(expected)
    expect((await runTests(made)).cases.map(({ findings }) => findings)).toEqual([[]])
  })

  it('is not written into what has some, is broken, or is JSON', async () => {
    expect(await firstTest(`${LOOP}tests: []\n`)).toBeNull()
    expect(await firstTest('name: x\nsteps: []\n')).toBeNull()
    expect(
      await firstTest('{"name": "x", "start_step": "a", "steps": [{"id": "a", "type": "delay", "for": "1h"}]}'),
    ).toBeNull()
  })
})
