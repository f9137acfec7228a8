import { ExpressionError } from './errors.ts'

const SIMPLE: ReadonlyMap<string, string> = new Map([
  ['a', '\u0007'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['b', '\b'],
  ['f', '\f'],
  ['v', '\v'],
  ['\\', '\\'],
  ["'", "'"],
  ['"', '"'],
  ['\n', ''],
])

const OCTAL = /[0-7]{1,3}/y

/** Digits that follow `\x`, `\u` and `\U`. */
const HEX: ReadonlyMap<string, number> = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
])

/**
 * Reads the quoted text that begins at `start`, with Python's escapes: an unknown one stays as it is written.
 * Answers the text and the position behind the closing quote.
 */
export function readString(source: string, start: number): { readonly value: string; readonly end: number } {
  const quote = source[start]
  let value = ''
  let index = start + 1
  while (index < source.length) {
    const char = source[index]
    if (char === quote) return { value, end: index + 1 }
    if (char === '\r') {
      // A line break is one character, however the file writes it.
      value += '\n'
      index += source[index + 1] === '\n' ? 2 : 1
      continue
    }
    if (char !== '\\') {
      value += char
      index++
      continue
    }
    const escaped = readEscape(source, index)
    value += escaped.value
    index = escaped.end
  }
  throw new ExpressionError('expression.syntax', 'This text is not closed.', start, {
    length: source.length - start,
    hint: `End it with ${quote}.`,
  })
}

function readEscape(source: string, start: number): { readonly value: string; readonly end: number } {
  const char = source[start + 1] ?? ''
  const simple = SIMPLE.get(char)
  if (simple !== undefined) return { value: simple, end: start + 2 }
  OCTAL.lastIndex = start + 1
  const octal = OCTAL.exec(source)?.[0]
  if (octal !== undefined) {
    return { value: String.fromCodePoint(Number.parseInt(octal, 8)), end: start + 1 + octal.length }
  }
  if (char === 'N') {
    throw new ExpressionError('expression.syntax', 'Characters are not written by their names here.', start, {
      length: 2,
      hint: 'Put in the character itself, or \\u and its four hexadecimal digits.',
    })
  }
  const digits = HEX.get(char)
  if (digits === undefined) return { value: `\\${char}`, end: start + 1 + Math.max(1, char.length) }
  const end = start + 2 + digits
  const code = source.slice(start + 2, end)
  const point = Number.parseInt(code, 16)
  if (code.length < digits || !/^[0-9a-f]+$/i.test(code) || point > 0x10ffff) {
    throw new ExpressionError('expression.syntax', `The escape \\${char} needs ${digits} hexadecimal digits.`, start, {
      length: end - start,
      hint: 'Write the character itself, or \\\\ for a backslash.',
    })
  }
  return { value: String.fromCodePoint(point), end }
}
