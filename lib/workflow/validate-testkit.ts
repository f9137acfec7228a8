import { stepCatalog } from '#lib/steps/definitions.ts'
import type { WorkflowDefinition } from './definition.ts'
import type { Diagnostic, TextEdit } from './diagnostics.ts'
import { applyEdits } from './edits.ts'
import { validateWorkflow } from './validate.ts'
import type { KnownSettings } from './validate-settings.ts'

/** For tests of validation: texts are built from what matters, and answers read like what an author would see. */

/** A workflow around these steps, each given as YAML of one step. */
export function flow(...steps: readonly string[]): string {
  const first = /^id: *['"]?([\w-]+)/m.exec(steps[0] ?? '')?.[1]
  return `name: Test\nstart_step: ${first}\nsteps:\n${steps.map(item).join('')}`
}

function item(step: string): string {
  const [first, ...rest] = step.trim().split('\n')
  return [`  - ${first}`, ...rest.map((line) => `    ${line}`), ''].join('\n')
}

/** Milliseconds of this thread's own processor time, so that a busy machine does not count. */
export function cost(run: () => void): number {
  const before = process.threadCpuUsage()
  run()
  const { user, system } = process.threadCpuUsage(before)
  return (user + system) / 1_000
}

/** The text under a diagnostic, as `code 'marked text'`; severity is told by the list it stands in. */
export function judge(text: string, known?: KnownSettings): { readonly errors: string[]; readonly warnings: string[] } {
  const { diagnostics } = validateWorkflow(text, stepCatalog, known)
  const tell = (severity: Diagnostic['severity']) =>
    diagnostics.filter((d) => d.severity === severity).map((d) => `${d.code} '${marked(text, d)}'`)
  return { errors: tell('error'), warnings: tell('warning') }
}

/** Every finding, as `error code line:column marked text`. */
export function judgedAt(text: string, known?: KnownSettings): readonly string[] {
  const { diagnostics } = validateWorkflow(text, stepCatalog, known)
  return diagnostics.map((d) => `${d.severity} ${d.code} ${d.line}:${d.column} ${marked(text, d)}`)
}

/** The canonical form of a text that must be valid. */
export function canonical(text: string): WorkflowDefinition {
  const { definition, diagnostics } = validateWorkflow(text, stepCatalog)
  if (definition === null) throw new Error(diagnostics.map((d) => `${d.line}:${d.column} ${d.message}`).join('\n'))
  return definition
}

/** The one diagnostic with this code. */
export function only(text: string, code: string, known?: KnownSettings): Diagnostic {
  const found = validateWorkflow(text, stepCatalog, known).diagnostics.filter((d) => d.code === code)
  const [one] = found
  if (one === undefined || found.length > 1) throw new Error(`${found.length} diagnostics ${code} in\n${text}`)
  return one
}

/** The text after the fix of that diagnostic. */
export function fixed(text: string, code: string, known?: KnownSettings): string {
  const { fix } = only(text, code, known)
  if (!fix) throw new Error(`${code} has no fix`)
  return applyEdits(text, fix.edits)
}

export function marked(text: string, place: Omit<TextEdit, 'newText'>): string {
  return text.slice(offset(text, place.line, place.column), offset(text, place.endLine, place.endColumn))
}

function offset(text: string, line: number, column: number): number {
  const before = text.split('\n').slice(0, line - 1)
  return before.reduce((sum, one) => sum + one.length + 1, 0) + column - 1
}
