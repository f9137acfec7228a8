import { describe, expect, it } from 'vitest'
import { isMap, isScalar, parseDocument } from 'yaml'
import { alignScalar } from './parse-scalar.ts'

/** Finds `word` in the value and answers what stands in the source at the place it is aligned with. */
function find(text: string, word: string): string | null {
  const doc = parseDocument(text)
  const node: unknown = isMap(doc.contents) ? doc.contents.get('a', true) : null
  if (!isScalar<string>(node) || !node.range) throw new Error('no scalar')
  const source = text.slice(node.range[0], node.range[1])
  const offsets = alignScalar(node.value, source, node.type)
  const start = offsets?.[node.value.indexOf(word)]
  return start === undefined ? null : source.slice(start, start + word.length)
}

describe('a word of the value stands in the source', () => {
  it.each([
    ['plain', 'a: one two three', 'two'],
    ['plain over several lines', 'a: one\n  two\n\n  three four', 'four'],
    ['single quotes', "a: 'it''s two'", 'two'],
    ['double quotes', 'a: "one two"', 'two'],
    ['double quotes behind escapes', 'a: "\\t\\u00e9\\x41\\"\\\\ two \\n three"', 'three'],
    ['double quotes over several lines', 'a: "one \\\n  two\n  three"', 'three'],
    ['a long escape', 'a: "\\U0001F600 two"', 'two'],
    ['a literal block', 'a: |\n  one\n    two\n  three\n', 'three'],
    ['a literal block, stripped', 'a: |-\n  one\n\n  two', 'two'],
    ['a literal block with its own indentation', 'a: |2\n    one\n  two\n', 'two'],
    ['a folded block', 'a: >\n  one\n  two\n\n  three\n    four\n', 'four'],
    ['CR LF', 'a: |\r\n  one\r\n  two\r\n', 'two'],
  ])('%s', (_, text, word) => {
    expect(find(text, word)).toBe(word)
  })

  it('also at the end of the value', () => {
    expect(alignScalar('ab', 'ab', 'PLAIN')).toEqual([0, 1, 2])
    expect(alignScalar('ab\n', '|\n  ab\n', 'BLOCK_LITERAL')?.at(-1)).toBe(7)
    expect(alignScalar('', '|', 'BLOCK_LITERAL')).toEqual([1])
  })

  it('and nowhere when the two do not agree', () => {
    expect(alignScalar('abc', 'abd', 'PLAIN')).toBeNull()
    expect(alignScalar('abc', '"a\\u0064c"', 'QUOTE_DOUBLE')).toBeNull()
  })
})
