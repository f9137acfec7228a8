import { describe, expect, it } from 'vitest'
import { HOUR, MINUTE } from '#lib/time.ts'
import type { CaseFinding, CaseReport } from '#lib/workflow/cases/report.ts'
import { type FileReport, printFile, printSum } from './print.ts'

const one: CaseReport = {
  name: 'one',
  line: 9,
  passed: true,
  findings: [],
  status: 'completed',
  error: null,
  path: [],
  started_at: '2026-01-05T09:00:00.000Z',
  took_ms: 0,
  mails: [],
}
const report = (more: Partial<FileReport>): FileReport => ({
  file: 'a.yaml',
  workflow: 'A',
  diagnostics: [],
  cases: [one],
  coverage: {
    steps: { total: 3, covered: 3, missed: [] },
    ways: { total: 1, covered: 0, missed: [{ from: 'x', to: null, kind: 'branch', label: 'true', line: 4 }] },
  },
  ...more,
})
const failing = (finding: Partial<CaseFinding>) =>
  printFile(
    report({
      cases: [{ ...one, passed: false, findings: [{ line: 3, column: 5, what: 'x', message: 'No.', ...finding }] }],
    }),
  )

describe('what a terminal shows of tests', () => {
  it('is a difference on two lines where it is short', () => {
    expect(failing({ expected: ['a', 'b'], actual: ['a'] })).toContain(
      '      a.yaml:3:5: x: No.\n        expected ["a","b"]\n        found    ["a"]\n',
    )
    expect(failing({ expected: null })).toContain('        expected null\n        found    nothing\n')
  })

  it('is a difference line by line where it holds more', () => {
    expect(failing({ expected: { a: 1, b: [2] }, actual: { a: 1, b: [3] } })).toContain(
      '            "b": [\n        -     2\n        +     3\n            ]\n',
    )
  })

  it('says nothing of values where there are none to compare', () => {
    expect(failing({})).toContain('x: No.\n  steps')
  })

  it('names the ways that are not taken, and the time that passed', () => {
    const text = printFile(report({ cases: [{ ...one, took_ms: 5 * MINUTE }] }))
    expect(text).toContain('  ✓ one  (5 minutes)\n')
    expect(text).toContain('  steps 100 % (3 of 3), ways 0 % (0 of 1)\n    not taken: x → the end, true (line 4)\n')
    expect(printFile(report({ cases: [{ ...one, took_ms: 5 * HOUR }] }))).toContain('(5 hours)')
  })

  it('ends with a sum', () => {
    const invalid = report({ workflow: null, cases: [], coverage: null })
    expect(printSum([report({}), invalid, report({ cases: [], coverage: null })])).toBe(
      '3 workflows, 1 test: 1 passed, 0 failed; 1 without tests; 1 not valid\n',
    )
  })
})
