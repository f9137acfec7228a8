import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { MOCK_MODES } from '#lib/mock-ai/modes.ts'
import { DECISION_WORDS, HTTP_TROUBLES, MAIL_KINDS, PROFILE_KEYS } from '#lib/workflow/cases/case.ts'
import { CASE_KEYS } from '#lib/workflow/cases/read-cases.ts'
import { EXPECT_KEYS } from '#lib/workflow/cases/read-expectation.ts'
import { DEFAULT_START } from '../begin.ts'
import { runTests, STARTER } from './run-tests.ts'

const page = readFileSync(new URL('../../../docs/workflow-tests.md', import.meta.url), 'utf8')

describe('the page about tests', () => {
  it('shows a workflow whose tests pass and come to every step', async () => {
    const { cases, coverage, diagnostics } = await runTests(/```yaml\n([\s\S]*?)```/.exec(page)?.[1] ?? '')
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(cases.map(({ name, findings }) => [name, findings])).toHaveLength(3)
    expect(cases.flatMap(({ findings }) => findings)).toEqual([])
    expect(coverage?.steps.missed).toEqual([])
  })

  it('names every key and word there is', () => {
    const words = [...CASE_KEYS, ...EXPECT_KEYS, ...PROFILE_KEYS, ...MAIL_KINDS, ...MOCK_MODES, ...HTTP_TROUBLES]
    for (const word of [...words, ...DECISION_WORDS]) expect(page).toMatch(new RegExp(`[\`{ ]${word}[\`:},]`))
    expect(page).toContain(DEFAULT_START.replace('.000', ''))
    expect(page).toContain(STARTER.email)
  })
})
