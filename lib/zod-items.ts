import type { ZodError } from 'zod'
import type { ErrorItem } from './errors.ts'

/** What zod found, in words of the API: one item per field, unknown fields each by name. */
export function zodItems(error: ZodError, prefix: readonly PropertyKey[] = []): ErrorItem[] {
  return error.issues.flatMap((issue): ErrorItem[] => {
    const path = [...prefix, ...issue.path]
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        path: formatDataPath([...path, key]),
        code: 'unknown_field',
        message: `There is no field “${key}” here. Check its spelling or leave it out.`,
      }))
    }
    return [{ path: formatDataPath(path), code: issue.code ?? 'invalid', message: issue.message }]
  })
}

/** `steps[0].id`: what a person would write. */
export function formatDataPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`
    return text === '' ? String(part) : `${text}.${String(part)}`
  }, '')
}
