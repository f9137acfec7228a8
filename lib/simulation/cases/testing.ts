import { expect } from 'vitest'
import { stepCatalog } from '#lib/steps/definitions.ts'
import type { CaseReport } from '#lib/workflow/cases/report.ts'
import { validateWorkflow } from '#lib/workflow/validate.ts'
import { runTests, type TestOptions } from './run-tests.ts'
import type { Library } from './stage.ts'

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
