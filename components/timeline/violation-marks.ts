export interface Violation {
  /** `sections[0].heading` or `/sections/0/heading`; empty: the whole answer. */
  readonly path: string
  readonly message: string
}

/** A piece of an answer; `marks` are the places, from 0, of the violations that lie in it. */
export interface AnswerPart {
  readonly text: string
  readonly marks: readonly number[]
}

/**
 * An answer in pieces, with each violation at its place. What is missing is marked at the brace of what lacks it. An answer
 * that is no JSON, or stops being it, is told as far as it goes; what has no place is in no piece.
 */
export function markViolations(answer: string, violations: readonly Violation[]): readonly AnswerPart[] {
  const ranges = violations.length === 0 ? new Map<string, Range>() : jsonRanges(answer)
  const found = violations.flatMap(({ path }, mark) => {
    const range = placeOf(segments(path), ranges)
    return range && range.to > range.from ? [{ ...range, mark }] : []
  })
  const cuts = [...new Set([0, answer.length, ...found.flatMap(({ from, to }) => [from, to])])].toSorted(
    (a, b) => a - b,
  )
  return cuts.slice(1).map((to, i) => {
    const from = cuts[i] ?? 0
    return {
      text: answer.slice(from, to),
      marks: found.filter((range) => range.from <= from && to <= range.to).map(({ mark }) => mark),
    }
  })
}

interface Range {
  readonly from: number
  readonly to: number
}

type Segment = string | number

function segments(path: string): readonly Segment[] {
  if (path === '') return []
  if (path.startsWith('/')) {
    const parts = path
      .slice(1)
      .split('/')
      .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    return parts.map((part) => (/^\d+$/.test(part) ? Number(part) : part))
  }
  return [...path.matchAll(/\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]|([^.[\]]+)/g)].map(([, index, quoted, name]) =>
    index !== undefined ? Number(index) : (quoted ?? name ?? ''),
  )
}

/** The value itself, else the first character of the nearest thing around it. */
function placeOf(path: readonly Segment[], ranges: ReadonlyMap<string, Range>): Range | undefined {
  const exact = ranges.get(key(path))
  if (exact && path.length > 0) return exact
  for (let length = path.length; length >= 0; length--) {
    const around = ranges.get(key(path.slice(0, length)))
    if (around) return { from: around.from, to: around.from + 1 }
  }
  return undefined
}

function key(path: readonly Segment[]): string {
  return JSON.stringify(path.map(String))
}

/** Deeper than any schema is: a text that nests on is no answer to one. */
const DEEPEST = 200

/** Where each value of the first JSON in a text stands, which may be fenced or have words around it. */
function jsonRanges(text: string): ReadonlyMap<string, Range> {
  const ranges = new Map<string, Range>()
  let at = Math.max(0, text.search(/[[{]/))

  const space = () => {
    while (at < text.length && /\s/.test(text[at] ?? '')) at++
  }
  const string = (): string | null => {
    const from = at
    at++
    while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1
    if (at >= text.length) return null
    at++
    try {
      return String(JSON.parse(text.slice(from, at)))
    } catch {
      return text.slice(from + 1, at - 1)
    }
  }
  const members = (path: readonly Segment[], close: string): boolean => {
    at++
    for (let index = 0; ; index++) {
      space()
      if (text[at] === close) break
      let name: Segment = index
      if (close === '}') {
        const word = text[at] === '"' ? string() : null
        if (word === null) return false
        name = word
        space()
        if (text[at] !== ':') return false
        at++
      }
      if (!value([...path, name])) return false
      space()
      if (text[at] === ',') at++
      else if (text[at] !== close) return false
    }
    at++
    return true
  }
  const value = (path: readonly Segment[]): boolean => {
    space()
    const from = at
    // Told before it is read, so that what was cut off has a place too.
    ranges.set(key(path), { from, to: text.length })
    const first = text[at]
    let whole: boolean
    if (path.length > DEEPEST) whole = false
    else if (first === '{') whole = members(path, '}')
    else if (first === '[') whole = members(path, ']')
    else if (first === '"') whole = string() !== null
    else {
      const word = /^[-+.\w]+/.exec(text.slice(at, at + 60))?.[0] ?? ''
      at += word.length
      whole = word !== ''
    }
    ranges.set(key(path), { from, to: whole ? at : text.length })
    return whole
  }
  if (text[at] === '{' || text[at] === '[') value([])
  return ranges
}
