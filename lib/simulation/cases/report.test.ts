import { describe, expect, it } from 'vitest'
import { runTests } from './run-tests.ts'
import { indented, LOOP, SCRIPT } from './testing.ts'

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
