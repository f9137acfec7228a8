import type { JsonObject } from '../../json.ts'
import { display } from '../expressions/display.ts'
import { ExpressionError } from '../expressions/errors.ts'
import { Fuel } from '../expressions/fuel.ts'
import { ownValue } from '../expressions/values.ts'
import { lineAt } from './template-error.ts'

/** `{name}`, or `{{text}}` for `{text}`. Any other brace is text, so that JSON can stand in a prompt as it is. */
const PLACEHOLDER = /\{\{[^{}]*\}\}|\{([A-Za-z_][A-Za-z0-9_]*)\}/g

/**
 * Fills the `{topic}` placeholders of a stored prompt. Only the given variables can be named; what is inserted is never
 * looked at again. Throws `ExpressionError`, with the line, for a variable that is missing.
 */
export function renderStoredPrompt(content: string, variables: JsonObject): string {
  const fuel = new Fuel()
  fuel.produce(content.length, { offset: 0, length: content.length })
  return content.replace(PLACEHOLDER, (found: string, name: string | undefined, offset: number) => {
    if (name === undefined) return found.slice(1, -1)
    const value = ownValue(variables, name)
    if (value !== undefined) return display(value, fuel, { offset, length: found.length })
    const line = lineAt(content, offset)
    throw new ExpressionError(
      'expression.unknown_variable',
      `Line ${line}: the prompt needs ${name}, which is not among its variables.`,
      offset,
      { length: found.length, line, hint: `Add ${name} to variables.` },
    )
  })
}

/** The names a stored prompt needs, each once, in their order. */
export function placeholders(content: string): string[] {
  return [...new Set([...content.matchAll(PLACEHOLDER)].flatMap(([, name]) => (name === undefined ? [] : [name])))]
}
