import { ScaffError } from '#lib/errors.ts'
import { isJsonObject, type Json, PROTOTYPE_KEYS } from '#lib/json.ts'
import { isStorable } from '#lib/storable.ts'
import { formatDataPath } from '#lib/zod-items.ts'

export const DEFAULT_BODY_LIMIT = 1_000_000
const MAX_DEPTH = 100

/**
 * Reads a JSON body, or `undefined` where there is none. Refuses what is not JSON (415, 400), is larger than `limit`
 * bytes (413, counted while it is read), nests too deep, or carries keys and values that no later layer should have to
 * think of.
 */
export async function readJsonBody(request: Request, limit: number): Promise<Json | undefined> {
  const declared = Number(request.headers.get('content-length') ?? '0')
  if (declared > limit) throw tooLarge(limit)
  const text = await readText(request, limit)
  if (text === '') return undefined
  if (!isJsonType(request.headers.get('content-type'))) {
    throw new ScaffError('payload.unsupported', 'Send the body as JSON with the header Content-Type: application/json.')
  }
  return parseJson(text, 'body')
}

/**
 * Parses a text from outside. Refused, anywhere in it: prototype keys, half surrogate pairs, NUL characters, numbers
 * beyond a double, and more than MAX_DEPTH levels.
 */
export function parseJson(text: string, what: string): Json {
  if (tooDeep(text)) throw malformed(`The ${what} nests deeper than ${MAX_DEPTH} levels. Flatten it.`)
  let value: Json
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw malformed(`The ${what} is not JSON: ${cause instanceof Error ? cause.message : 'it cannot be parsed'}.`)
  }
  checkValue(value, [])
  return value
}

/** Only `application/json`, with no parameter but `charset=utf-8`: anything else would be read differently by someone else. */
function isJsonType(header: string | null): boolean {
  return header !== null && /^application\/json(?:\s*;\s*charset="?utf-8"?)?\s*$/i.test(header.trim())
}

async function readText(request: Request, limit: number): Promise<string> {
  if (request.body === null) return ''
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = request.body.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    size += value.byteLength
    if (size > limit) {
      await reader.cancel()
      throw tooLarge(limit)
    }
    chunks.push(value)
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))
  } catch {
    throw malformed('The body is not valid UTF-8.')
  }
}

/** Counted on the text, so that no recursive walk ever meets more than MAX_DEPTH levels. */
function tooDeep(text: string): boolean {
  let depth = 0
  let inString = false
  for (let i = 0; i < text.length; i++) {
    const char = text.charCodeAt(i)
    if (inString) {
      if (char === 0x5c) i++
      else if (char === 0x22) inString = false
    } else if (char === 0x22) inString = true
    else if (char === 0x5b || char === 0x7b) {
      depth++
      if (depth > MAX_DEPTH) return true
    } else if (char === 0x5d || char === 0x7d) depth--
  }
  return false
}

function checkValue(value: Json, path: readonly PropertyKey[]): void {
  if (typeof value === 'string') {
    if (!isStorable(value))
      throw malformed(`${where(path)} holds a NUL character or half a surrogate pair. Leave it out.`)
  } else if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw malformed(`${where(path)} is a number too large to be kept exactly.`)
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) checkValue(item, [...path, index])
  } else if (isJsonObject(value)) {
    for (const key of Object.keys(value)) {
      if (PROTOTYPE_KEYS.has(key) || !isStorable(key)) throw reservedKey([...path, key])
      checkValue(value[key] ?? null, [...path, key])
    }
  }
}

function where(path: readonly PropertyKey[]): string {
  return path.length === 0 ? 'The body' : `“${formatDataPath(path)}”`
}

function reservedKey(path: readonly PropertyKey[]): ScaffError {
  const message = 'This name is reserved. Choose another.'
  return new ScaffError('request.invalid', `The body uses a reserved name: ${formatDataPath(path)}.`, {
    errors: [{ path: formatDataPath(path), code: 'reserved_name', message }],
  })
}

function malformed(detail: string): ScaffError {
  return new ScaffError('request.malformed', detail)
}

function tooLarge(limit: number): ScaffError {
  return new ScaffError(
    'payload.too_large',
    `The body is larger than ${Math.round(limit / 1000)} kB, which is the most this call takes. Send less.`,
  )
}
