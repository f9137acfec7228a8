import type { Json, JsonObject } from '#lib/json.ts'
import type { Slot } from '#lib/workflow/catalog.ts'
import type { SourcePath } from '#lib/workflow/diagnostics.ts'
import { evaluateExpression } from '#lib/workflow/expressions/evaluate.ts'
import type { Scope } from '#lib/workflow/scope.ts'
import { renderValue } from '#lib/workflow/templates/render.ts'

/**
 * Where the language takes "an expression or a template" (`values` of set, `variables`, `show`): a text with `{{ }}` or
 * `{% %}` is a template, any other text an expression. Inside lists and mappings every text is a template.
 */
export function evaluateDynamic(value: Json, scope: Scope): Json {
  return typeof value === 'string' && !isTemplate(value) ? evaluateExpression(value, scope) : renderValue(value, scope)
}

export function evaluateAll(values: Readonly<Record<string, Json>>, scope: Scope): JsonObject {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, evaluateDynamic(value, scope)]))
}

export function isTemplate(text: string): boolean {
  return /\{[{%#]/.test(text)
}

/** The slots of such values, for checking. */
export function dynamicSlots(path: SourcePath, values: Readonly<Record<string, Json>>): readonly Slot[] {
  return Object.entries(values).flatMap(([name, value]) =>
    typeof value === 'string' && !isTemplate(value)
      ? [{ path: [...path, name], kind: 'expression' as const, source: value, secrets: false }]
      : templateSlots([...path, name], value),
  )
}

/** Every text within a value, as a template. */
export function templateSlots(path: SourcePath, value: Json | undefined, secrets = false): readonly Slot[] {
  if (typeof value === 'string') return isTemplate(value) ? [{ path, kind: 'template', source: value, secrets }] : []
  if (typeof value !== 'object' || value === null) return []
  const entries: readonly (readonly [string | number, Json])[] = Array.isArray(value)
    ? value.map((item: Json, i) => [i, item] as const)
    : Object.entries(value)
  return entries.flatMap(([key, item]) => templateSlots([...path, key], item, secrets))
}
