import type { z } from 'zod'
import { ScaffError } from '#lib/errors.ts'
import { zodItems } from '#lib/zod-items.ts'

/**
 * What a verb was asked, held to its contract: `request.invalid` names every field that does not fit. The edges parse
 * too, by the same schemas; pages call verbs directly, so the verbs do not rely on it.
 */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  const errors = zodItems(parsed.error)
  const first = errors[0]
  const where = first?.path ? `${first.path}: ` : ''
  throw new ScaffError('request.invalid', `The request does not fit: ${where}${first?.message ?? 'see errors'}`, {
    errors,
  })
}
