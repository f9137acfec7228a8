import type { JsonObject } from '#lib/json.ts'
import { validateInterpreted } from '#lib/schema/validate-interpreted.ts'
import type { PromptPort, SchemaPort } from '#lib/steps/kit.ts'
import type { Directory } from '#lib/workflow/data.ts'
import type { Requirements } from '#lib/workflow/requirements.ts'

/** The validator without a compiler, so without a thread: a page may run it. */
export const interpretedSchemas: SchemaPort = {
  validate: async (schema, value) => validateInterpreted(schema, value),
}

/** A page has no stored prompts: the name of one stands for its text. */
export const namedPrompts: PromptPort = {
  get: async (id, version) => ({ id, version: version ?? 1, content: `The stored prompt ${id}.` }),
}

/** Who stands behind roles and users is the workspace's to know: one person is made up for each. */
export const standInPeople: Directory = {
  resolve: (refs) =>
    refs.map((ref) => {
      if ('email' in ref) return { email: ref.email.toLowerCase(), user_id: null }
      const name = 'role' in ref ? ref.role : ref.user
      return { email: name.includes('@') ? name.toLowerCase() : `${name.toLowerCase()}@example.com`, user_id: null }
    }),
}

/** Constants that only the workspace has: their names, unless told. */
export function standInConstants({ statics }: Requirements): JsonObject {
  return Object.fromEntries(statics.map((name) => [name, name]))
}

/** Secrets are never read for a simulation, and what stands for them is masked like the real ones. */
export function standInSecrets(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, `test-secret-${name}`]))
}
