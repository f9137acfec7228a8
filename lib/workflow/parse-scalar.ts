/**
 * Aligns a scalar's value with its source, so that a place inside an expression or template can be shown where the author
 * wrote it. Runs of white space are matched as wholes, because folding and indentation change them; everything else must
 * agree sign by sign. Answers the source offset of each offset of the value (and of its end), or null where they do not
 * agree.
 */
export function alignScalar(value: string, source: string, type: string | undefined): readonly number[] | null {
  const offsets: number[] = []
  const block = type === 'BLOCK_LITERAL' || type === 'BLOCK_FOLDED'
  let at = block ? afterHeader(source) : 0
  if (type === 'QUOTE_DOUBLE' || type === 'QUOTE_SINGLE') at = 1
  let i = 0
  while (i < value.length) {
    if (type === 'QUOTE_DOUBLE' && source[at] === '\\') {
      const escaped = readEscape(source, at)
      for (let k = 0; k < escaped.text.length; k++) {
        if (value[i + k] !== escaped.text[k]) return null
        offsets.push(at)
      }
      i += escaped.text.length
      at += escaped.length
      continue
    }
    if (isSpace(value[i]) && isSpace(source[at])) {
      const sourceRun = spaceRun(source, at)
      const run = block ? spaceRun(value, i) : foldedRun(source.slice(at, at + sourceRun))
      // An indentation longer than the run belongs to the block, so the run's end is what lines up.
      for (let k = 0; k < run; k++) offsets.push(at + Math.max(0, Math.min(sourceRun, sourceRun - run + k)))
      i += run
      at += sourceRun
      continue
    }
    at += spaceRun(source, at)
    if (source[at] !== value[i]) {
      if (type === 'QUOTE_DOUBLE' && source[at] === '\\') continue
      return null
    }
    offsets.push(at)
    at += type === 'QUOTE_SINGLE' && value[i] === "'" ? 2 : 1
    i += 1
  }
  offsets.push(Math.min(at, source.length))
  return offsets
}

/** How many signs of the value a run of white space stands for outside of blocks: a line end is a space, n + 1 are n line ends. */
function foldedRun(run: string): number {
  const ends = run.split('\n').length - 1
  return ends === 0 ? run.length : Math.max(1, ends - 1)
}

/** A block scalar begins on the line behind its `|` or `>`. */
function afterHeader(source: string): number {
  const end = source.indexOf('\n')
  return end < 0 ? source.length : end + 1
}

const ESCAPES: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  N: '\x85',
  _: '\xa0',
  L: '\u2028',
  P: '\u2029',
}
const HEX: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 }

function readEscape(source: string, at: number): { readonly text: string; readonly length: number } {
  const sign = source[at + 1] ?? ''
  const digits = HEX[sign]
  if (digits !== undefined) {
    const code = Number.parseInt(source.slice(at + 2, at + 2 + digits), 16)
    return { text: String.fromCodePoint(code), length: 2 + digits }
  }
  // A backslash at the end of a line joins it with the next one.
  if (sign === '\n' || sign === '\r') return { text: '', length: 1 + spaceRun(source, at + 1) }
  return { text: ESCAPES[sign] ?? sign, length: 2 }
}

function spaceRun(text: string, from: number): number {
  let at = from
  while (at < text.length && isSpace(text[at])) at++
  return at - from
}

function isSpace(char: string | undefined): boolean {
  return char === ' ' || char === '\n' || char === '\t' || char === '\r'
}
