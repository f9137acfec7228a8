import { ScaffError } from '#lib/errors.ts'
import { findUnstorable } from '#lib/storable.ts'

/** A keyset cursor: the sort values of the last row, opaque to callers. */
export function encodeCursor(parts: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url')
}

/** The values a cursor holds: as many strings or whole numbers as `shape` names, else `request.invalid`. */
export function decodeCursor<const S extends readonly ('string' | 'number')[]>(
  cursor: string,
  shape: S,
): { [I in keyof S]: S[I] extends 'number' ? number : string } {
  const parts = parse(cursor)
  if (!fits(parts, shape)) {
    throw new ScaffError(
      'request.invalid',
      'The cursor is not one of ours. Take `next_cursor` of the page before, unchanged.',
      {
        errors: [{ path: 'cursor', code: 'invalid', message: 'Take `next_cursor` of the page before.' }],
      },
    )
  }
  return parts
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch {
    return null
  }
}

function fits<const S extends readonly ('string' | 'number')[]>(
  parts: unknown,
  shape: S,
): parts is { [I in keyof S]: S[I] extends 'number' ? number : string } {
  return (
    Array.isArray(parts) &&
    parts.length === shape.length &&
    parts.every((part, i) => typeof part === shape[i] && (typeof part !== 'number' || Number.isSafeInteger(part))) &&
    findUnstorable(parts) === null
  )
}

/** Cuts a page out of one row more than it holds, which tells whether another follows. */
export function page<R>(
  rows: readonly R[],
  limit: number,
  cursorOf: (row: R) => readonly (string | number)[],
): { readonly rows: readonly R[]; readonly next_cursor: string | null } {
  const kept = rows.slice(0, limit)
  const last = kept.at(-1)
  return { rows: kept, next_cursor: rows.length > limit && last !== undefined ? encodeCursor(cursorOf(last)) : null }
}

/** A text made safe to stand inside an ILIKE pattern. */
export function likePattern(text: string): string {
  return `%${text.replace(/[\\%_]/g, (char) => `\\${char}`)}%`
}
