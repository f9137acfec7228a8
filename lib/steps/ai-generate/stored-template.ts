import type { JsonObject } from '#lib/json.ts'
import type { Problem } from '#lib/workflow/expressions/errors.ts'
import type { Scope } from '#lib/workflow/scope.ts'
import { checkTemplate, templateReferences } from '#lib/workflow/templates/check.ts'
import { renderTemplate } from '#lib/workflow/templates/render.ts'
import { placeholders, renderStoredPrompt } from '#lib/workflow/templates/stored-prompt.ts'

/**
 * A stored prompt is written with `{topic}`, or with the language's own `{{ topic }}` and `{% if %}`, or with both. Where it
 * has the latter, braces of the former are read as `{{ topic }}` too, so that all of it is rendered once, by one engine.
 */
export function renderStored(content: string, variables: JsonObject, scope: Scope): string {
  if (!isTemplate(content)) return renderStoredPrompt(content, variables)
  const runtime = { ...scope.roots.runtime, ...variables }
  return renderTemplate(asTemplate(content), { ...scope, roots: { ...scope.roots, runtime } })
}

/** What is wrong with a stored prompt, without any values. */
export function checkStored(content: string): readonly Problem[] {
  return isTemplate(content) ? checkTemplate(content) : []
}

/** The variables it names, each once, in their order. */
export function variablesOf(content: string): readonly string[] {
  if (!isTemplate(content)) return placeholders(content)
  const named = templateReferences(asTemplate(content)).flatMap(({ root, path }) =>
    root === 'runtime' && typeof path[0] === 'string' ? [path[0]] : [],
  )
  return [...new Set(named)]
}

function isTemplate(content: string): boolean {
  return /\{[{%#]/.test(content)
}

/** What stands between delimiters, comments and raw blocks is the language's own; `{name}` elsewhere becomes `{{ name }}`. */
function asTemplate(content: string): string {
  const own = /\{%-?\s*raw\b[\s\S]*?\bendraw\s*-?%\}|\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}|\{#[\s\S]*?#\}|\{([A-Za-z_]\w*)\}/g
  return content.replace(own, (found, name: string | undefined) => (name === undefined ? found : `{{ ${name} }}`))
}
