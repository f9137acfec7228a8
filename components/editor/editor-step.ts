import type { WorkflowDiagnostic } from '#lib/contracts/common.ts'
import type { TextEdit } from '#lib/workflow/diagnostics.ts'
import type { OutlineStep } from '#lib/workflow/outline.ts'

/** A step's id as the graph has it: the text may write it in any case. */
export function stepId(step: Pick<OutlineStep, 'id'>): string {
  return step.id.trim().toLowerCase()
}

/** The step that a line belongs to, the innermost of several; null between and outside of the steps. */
export function stepAt(outline: readonly OutlineStep[], line: number): string | null {
  const step = outline.findLast((each) => each.line <= line && line <= each.endLine)
  return step ? stepId(step) : null
}

/** The steps that hold at least one error. */
export function stepsWithErrors(
  outline: readonly OutlineStep[],
  diagnostics: readonly WorkflowDiagnostic[],
): ReadonlySet<string> {
  const found = diagnostics.map(({ severity, line }) => (severity === 'error' ? stepAt(outline, line) : null))
  return new Set(found.filter((id) => id !== null))
}

/** The edits of all fixes that can be made at once: of two that touch the same place the first counts. */
export function editsOfAll(diagnostics: readonly WorkflowDiagnostic[]): readonly TextEdit[] {
  const edits: TextEdit[] = []
  for (const { fix } of diagnostics) {
    if (fix?.edits.every((edit) => edits.every((other) => apart(edit, other)))) edits.push(...fix.edits)
  }
  return edits
}

function apart(a: TextEdit, b: TextEdit): boolean {
  return before(a, b) || before(b, a)
}

function before(a: TextEdit, b: TextEdit): boolean {
  return a.endLine < b.line || (a.endLine === b.line && a.endColumn < b.column)
}
