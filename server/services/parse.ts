import type { z } from 'zod'
import { ScaffError } from '#lib/errors.ts'
import { findUnstorable } from '#lib/storable.ts'
import { formatDataPath, zodItems } from '#lib/zod-items.ts'

/**
 * What a verb was asked, held to its contract: `request.invalid` names every field that does not fit. The edges parse
 * too, by the same schemas; pages call verbs directly, so the verbs do not rely on it.
 */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const parsed = schema.safeParse(input)
  if (parsed.success) {
    requireStorable(parsed.data)
    return parsed.data
  }
  const errors = zodItems(parsed.error)
  const first = errors[0]
  const where = first?.path ? `${first.path}: ` : ''
  throw new ScaffError('request.invalid', `The request does not fit: ${where}${first?.message ?? 'see errors'}`, {
    errors,
  })
}

/** Refuses text that a database cannot keep. A workflow's text is judged by the language, which names line and column. */
function requireStorable(data: unknown): void {
  const path = findUnstorable(data)
  if (path === null || path[0] === 'yaml') return
  const message = 'This text has a character that cannot be stored (NUL, or half of a surrogate pair). Remove it.'
  const place = formatDataPath(path)
  throw new ScaffError('request.invalid', `${place}: ${message}`, {
    errors: [{ path: place, code: 'invalid', message }],
  })
}
