import { ExpressionError } from '../expressions/errors.ts'
import { parseExpression, parseLoop } from '../expressions/parse.ts'
import type { ExpressionAt } from './expression-at.ts'
import type { Meaning, Names } from './meaning.ts'
import { local, meaningOfNode, withItems, withLocals } from './read-node.ts'
import { withLoop } from './source-uses.ts'

/** The names at a cursor with those that the text around it gives itself: by `for`, by `set`, by a generator. */
export function withOwnNames(names: Names, before: string, at: ExpressionAt): Names {
  return withGenerator(withTags(names, before), at)
}

const TAG = /\{%-?\s*(for|endfor|set)\b([^%]*?)-?%\}/g

/** Of the tags in front of the cursor, those whose names are still in reach. */
function withTags(names: Names, before: string): Names {
  const around: Names[] = []
  let now = names
  for (const [, tag, rest = ''] of before.matchAll(TAG)) {
    if (tag === 'endfor') now = around.pop() ?? now
    else if (tag === 'set') {
      const [, name = '', value = ''] = /^\s*([A-Za-z_]\w*)\s*=([\s\S]*)$/.exec(rest) ?? []
      if (name !== '') now = withLocals(now, [local(name, read(value, now))])
    } else {
      around.push(now)
      const within = now
      now =
        attempt(() => {
          const { targets, iterable } = parseLoop(rest)
          return withLoop(within, targets, meaningOfNode(iterable, within))
        }) ?? within
    }
  }
  return now
}

const GENERATOR = /\bfor\s+([A-Za-z_]\w*(?:\s*,\s*[A-Za-z_]\w*)*)\s+in\s+/g

/** Within the brackets of a generator its names are in reach, apart from the list that it goes through. */
function withGenerator(names: Names, { before, after }: ExpressionAt): Names {
  const source = before + after
  let now = names
  for (const { 0: header, 1: targets = '', index } of source.matchAll(GENERATOR)) {
    const begin = index + header.length
    const [from, to] = bracketsAround(source, index)
    const length = /\sif\s/.exec(source.slice(begin, to))?.index ?? to - begin
    const cursor = before.length
    const inList = cursor > index && cursor <= begin + length
    if (cursor <= from || cursor > to || inList) continue
    now = withItems(now, targets.split(/\s*,\s*/), read(source.slice(begin, begin + length), now))
  }
  return now
}

/** The brackets around an offset, or the ends of the source. */
function bracketsAround(source: string, offset: number): readonly [from: number, to: number] {
  let depth = 0
  let from = offset
  while (from >= 0 && depth >= 0) {
    const sign = source[--from]
    if (sign === ')') depth++
    else if (sign === '(') depth--
  }
  depth = 0
  let to = offset
  while (to < source.length && depth >= 0) {
    const sign = source[to++]
    if (sign === '(') depth++
    else if (sign === ')') depth--
  }
  return [from, depth < 0 ? to - 1 : to]
}

function read(source: string, names: Names): Meaning | null {
  return attempt(() => meaningOfNode(parseExpression(source.trim()), names))
}

/** null where what is being written is no expression yet. */
export function attempt<T>(work: () => T): T | null {
  try {
    return work()
  } catch (error) {
    if (error instanceof ExpressionError) return null
    throw error
  }
}
