import type { WorkflowValidation } from '#lib/contracts/workflows.ts'
import { ScaffError } from '#lib/errors.ts'
import type { WorkflowDefinition } from '#lib/workflow/definition.ts'
import type { Diagnostic } from '#lib/workflow/diagnostics.ts'
import { validateWorkflow } from '#lib/workflow/validate.ts'
import type { ServiceContext } from '../context.ts'
import { knownSettings } from './known-settings.ts'

export interface CheckedText {
  readonly text: string
  readonly definition: WorkflowDefinition
  readonly warnings: Diagnostic[]
}

/** Validates a text against the step types of this build and the settings of this workspace. */
export async function diagnose(
  ctx: ServiceContext,
  text: string,
): Promise<{ definition: WorkflowDefinition | null; diagnostics: readonly Diagnostic[] }> {
  return validateWorkflow(text, ctx.app.catalog, await knownSettings(ctx))
}

/** A text that may be saved, or `workflow.invalid` with every error and its place. */
export async function checkText(ctx: ServiceContext, text: string): Promise<CheckedText> {
  const { definition, diagnostics } = await diagnose(ctx, text)
  const errors = diagnostics.filter((d) => d.severity === 'error')
  const first = errors[0]
  if (definition === null || first) {
    const rest = errors.length > 1 ? ` (and ${errors.length - 1} more)` : ''
    throw new ScaffError('workflow.invalid', `${first ? sentence(first) : 'The workflow cannot be read.'}${rest}`, {
      errors: errors.map(({ path, code, message, line, column }) => ({ path, code, message, line, column })),
    })
  }
  return { text, definition, warnings: diagnostics.filter((d) => d.severity === 'warning') }
}

export function toValidation(diagnostics: readonly Diagnostic[]): WorkflowValidation {
  const errors = diagnostics.filter((d) => d.severity === 'error').map(sentence)
  return { valid: errors.length === 0, errors, diagnostics: [...diagnostics] }
}

function sentence({ line, column, message, hint }: Diagnostic): string {
  return `Line ${line}, column ${column}: ${message}${hint ? ` ${hint}` : ''}`
}
