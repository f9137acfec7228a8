import { describe, expect, it } from 'vitest'
import type { WorkflowDiagnostic } from '#lib/contracts/common.ts'
import { editsOfAll, stepAt, stepsWithErrors } from './editor-step.ts'

const OUTLINE = [
  { id: 'Brief', type: 'form', name: null, line: 3, endLine: 6, depth: 0, branch: null },
  { id: 'draft', type: 'ai_generate', name: null, line: 8, endLine: 9, depth: 0, branch: null },
]

function diagnostic(line: number, more: Partial<WorkflowDiagnostic> = {}): WorkflowDiagnostic {
  const place = { line, column: 5, endLine: line, endColumn: 9 }
  return { severity: 'error', code: 'x', message: 'Wrong.', path: '', ...place, ...more }
}

const fix = (line: number, column: number) => ({
  fix: { title: 'Mend', edits: [{ line, column, endLine: line, endColumn: column + 4, newText: 'mend' }] },
})

describe('steps and lines', () => {
  it('belong together from a step’s first line to its last', () => {
    expect([2, 3, 6, 7, 8].map((line) => stepAt(OUTLINE, line))).toEqual([null, 'brief', 'brief', null, 'draft'])
  })

  it('are those of the innermost step', () => {
    const around = { id: 'checks', type: 'parallel', name: null, line: 3, endLine: 9, depth: 0, branch: null }
    const inner = { id: 'legal', type: 'approval', name: null, line: 5, endLine: 6, depth: 1, branch: 'a' }
    expect([4, 5, 7].map((line) => stepAt([around, inner], line))).toEqual(['checks', 'legal', 'checks'])
  })

  it('are marked by errors only', () => {
    expect([
      ...stepsWithErrors(OUTLINE, [diagnostic(4), diagnostic(8, { severity: 'warning' }), diagnostic(1)]),
    ]).toEqual(['brief'])
  })
})

describe('fixing all at once', () => {
  it('takes every fix that does not touch the place of an earlier one', () => {
    const edits = editsOfAll([
      diagnostic(1, fix(1, 5)),
      diagnostic(1, fix(1, 7)),
      diagnostic(2),
      diagnostic(3, fix(3, 1)),
    ])
    expect(edits.map(({ line, column }) => [line, column])).toEqual([
      [1, 5],
      [3, 1],
    ])
  })
})
