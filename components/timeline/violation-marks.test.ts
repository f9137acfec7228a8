import { describe, expect, it } from 'vitest'
import { markViolations } from './violation-marks.ts'

/** The text of each violation's mark. */
function marked(answer: string, ...paths: string[]): string[] {
  const parts = markViolations(
    answer,
    paths.map((path) => ({ path, message: 'is wrong' })),
  )
  expect(parts.map(({ text }) => text).join('')).toBe(answer)
  return paths.map((_, i) =>
    parts
      .filter(({ marks }) => marks.includes(i))
      .map(({ text }) => text)
      .join(''),
  )
}

describe('violations in an answer', () => {
  it('are marked at the value they speak of', () => {
    expect(marked('{"title": "AI", "tags": ["a", 7]}', 'title', 'tags[1]')).toEqual(['"AI"', '7'])
  })

  it('are found by pointers too', () => {
    expect(marked('{"a/b": {"c": [true]}}', '/a~1b/c/0')).toEqual(['true'])
  })

  it('stand at the brace of what lacks something', () => {
    expect(marked('{"a": {"b": 1}}', 'a.missing', 'also', '')).toEqual(['{', '{', '{'])
    expect(marked(' {"a": {"b": 1}}', 'a.c')).toEqual(['{'])
  })

  it('are found in a fence and between words', () => {
    expect(marked('Here it is:\n```json\n{"n": -1.5e3}\n```\nDone.', 'n')).toEqual(['-1.5e3'])
  })

  it('are told as far as an answer goes that was cut off', () => {
    expect(marked('{"title": "ok", "body": "It begins', 'title', 'body')).toEqual(['"ok"', '"It begins'])
  })

  it('have no place in an answer that is no JSON', () => {
    expect(marked('I cannot do that.', 'title')).toEqual([''])
    expect(marked('', 'title')).toEqual([''])
  })

  it('may lie in each other', () => {
    expect(marked('{"a": {"b": 1}}', 'a', 'a.b')).toEqual(['{"b": 1}', '1'])
  })

  it('are not led astray by quotes and braces within texts', () => {
    expect(marked('{"q": "a \\" } ] , b", "n": 1}', 'n', 'q')).toEqual(['1', '"a \\" } ] , b"'])
  })

  it('do not stumble over an answer that nests without end', () => {
    expect(marked('['.repeat(100_000), '[0]')[0]?.startsWith('[')).toBe(true)
  })
})
