import { SPACE, trimEnd, trimStart } from '../expressions/white-space.ts'
import { templateError } from './template-error.ts'

/** A piece of a template. `content` is what stands between the delimiters, and begins at `base`. */
export type Token =
  | { readonly type: 'text'; readonly text: string; readonly offset: number }
  | { readonly type: 'output' | 'tag'; readonly content: string; readonly base: number; readonly offset: number }

const OPENING = /\{[{%#]/g
const RAW = new RegExp(String.raw`\{%[-+]?${SPACE}*raw${SPACE}*(-?)%\}`, 'y')
const END_RAW = new RegExp(String.raw`\{%([-+]?)${SPACE}*endraw${SPACE}*([-+]?)%\}`, 'g')

/**
 * Cuts a template into text, outputs and tags, with Jinja's white-space control applied (`{%-` and `-%}` swallow the
 * white space beside them) and without comments. One line break at the very end belongs to the file, not to the
 * template.
 */
export function tokenize(template: string): readonly Token[] {
  const source = template.replace(/(\r\n|\r|\n)$/, '')
  const tokens: Token[] = []
  let index = 0
  let swallow = false

  const text = (end: number, swallowEnd: boolean): void => {
    let piece = source.slice(index, end)
    if (swallow) piece = trimStart(piece)
    if (swallowEnd) piece = trimEnd(piece)
    if (piece !== '') tokens.push({ type: 'text', text: piece.replace(/\r\n?/g, '\n'), offset: index })
  }

  for (;;) {
    OPENING.lastIndex = index
    const opening = OPENING.exec(source)?.index
    if (opening === undefined) break
    const mark = source[opening + 2]
    const start = opening + (mark === '-' || mark === '+' ? 3 : 2)
    text(opening, mark === '-')
    RAW.lastIndex = opening
    const raw = RAW.exec(source)
    if (raw) {
      index = RAW.lastIndex
      swallow = raw[1] === '-'
      END_RAW.lastIndex = index
      const end = END_RAW.exec(source)
      if (!end) throw templateError(template, opening, 'This raw block is not closed.', 5, 'Write {% endraw %}.')
      text(end.index, end[1] === '-')
      index = END_RAW.lastIndex
      swallow = end[2] === '-'
      continue
    }
    const kind = source[opening + 1]
    const end = kind === '#' ? source.indexOf('#}', start) : closing(source, start, kind === '{' ? '}}' : '%}')
    if (end < 0) {
      const hint = kind === '{' ? 'Text that shall stay as it is goes between {% raw %} and {% endraw %}.' : undefined
      throw templateError(template, opening, `This {${kind} is not closed.`, 2, hint)
    }
    const control = end > start && /[-+]/.test(source[end - 1] ?? '') && (kind !== '{' || source[end - 1] === '-')
    const content = source.slice(start, control ? end - 1 : end)
    if (kind !== '#') {
      tokens.push({ type: kind === '{' ? 'output' : 'tag', content, base: start, offset: opening })
    }
    swallow = control && source[end - 1] === '-'
    index = end + 2
  }
  text(source.length, false)
  return tokens
}

/** Where the delimiter stands that closes an output or tag; what is quoted does not count. -1: nowhere. */
function closing(source: string, start: number, delimiter: string): number {
  let quote = ''
  for (let i = start; i < source.length; i++) {
    const char = source[i] ?? ''
    if (quote !== '') {
      if (char === '\\') i++
      else if (char === quote) quote = ''
    } else if (char === '"' || char === "'") quote = char
    else if (source.startsWith(delimiter, i)) return i
  }
  return -1
}
