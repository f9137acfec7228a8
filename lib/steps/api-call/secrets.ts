import type { Json } from '#lib/json.ts'
import { templateReferences } from '#lib/workflow/templates/check.ts'

/** Whether a value was made from a stored secret. `env` and `secrets` mean the same. */
export function isSecret(roots: ReadonlySet<string>): boolean {
  return roots.has('secrets') || roots.has('env')
}

/** Whether a template anywhere in a value reads a stored secret. */
export function readsSecret(value: Json): boolean {
  if (typeof value === 'string') return templateReferences(value).some(({ root }) => isSecret(new Set([root])))
  return typeof value === 'object' && value !== null && Object.values(value).some(readsSecret)
}
