import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createTokeniser } from './parse-again.ts'
import { type Tokens, tokenise } from './parse-limits.ts'

const step = (i: number) => `  - id: step_${i}
    type: ai_generate
    prompt: |
      Line of ${i}

      # no comment
    output_schema: {type: object, properties: {a_${i}: {type: string}}}
    when: "a > ${i}" # a comment
`
const STEPS = Array.from({ length: 14 }, (_, i) => step(i))
const TEXT = `# A flow
name: Long
steps:
${STEPS.slice(0, 5).join('')}
  # between
${STEPS.slice(5, 9).join('\n')}  - {id: flow, type: set, values: {a: 1}}
  -
    id: deep
    type: set
${STEPS.slice(9).join('')}
outputs: {a: "{{ b }}"}
# the end
`

/** As one text: comparing thousands of tokens part by part takes its time. */
const shown = (found: Tokens) => JSON.stringify(found.ok ? found.tokens : found)
const tokens = (text: string) => shown(tokenise(text))

/** After reading the one text the other is read as if it were the first. */
function readAfter(before: string, text: string) {
  const tokeniser = createTokeniser()
  tokeniser.read(before)
  return shown(tokeniser.read(text))
}

const PIECES = [
  'x',
  ' ',
  '\n',
  '  - id: new\n',
  '"',
  "'",
  '|\n',
  '# c\n',
  '{',
  '}',
  ': ',
  '- ',
  '&a ',
  '\t',
  '---\n',
  'é',
  '    next: end\n',
]

describe('reading a text that differs a little from the last one', () => {
  it('answers what reading it anew does, wherever something is put in, taken out or both', () => {
    fc.assert(
      fc.property(fc.nat(TEXT.length), fc.nat(40), fc.constantFrom('', ...PIECES), (at, length, piece) => {
        const text = TEXT.slice(0, at) + piece + TEXT.slice(at + (length > 20 ? 0 : length))
        expect(readAfter(TEXT, text) === tokens(text)).toBe(true)
      }),
      { numRuns: 300, endOnFailure: true },
    )
  })

  it('does so after each of many edits', () => {
    const edit = fc.tuple(fc.nat(), fc.nat(6), fc.constantFrom('', ...PIECES))
    fc.assert(
      fc.property(fc.array(edit, { minLength: 2, maxLength: 8 }), (edits) => {
        const tokeniser = createTokeniser()
        let text = TEXT
        tokeniser.read(text)
        for (const [at, length, piece] of edits) {
          const place = at % (text.length + 1)
          text = text.slice(0, place) + piece + text.slice(place + length)
          expect(shown(tokeniser.read(text)) === tokens(text), JSON.stringify(text)).toBe(true)
        }
      }),
      { numRuns: 40, endOnFailure: true },
    )
  })

  it('reads only what changed', () => {
    const tokeniser = createTokeniser()
    const old = tokeniser.read(TEXT)
    const now = tokeniser.read(TEXT.replace('Line of 7', 'Lines of 7'))
    expect(old.ok && now.ok && now.significant - old.significant).toBeGreaterThan(0)
    // Counted too high, and yet far from all of it again.
    expect(old.ok && now.ok && now.significant < 1.5 * old.significant).toBe(true)
  })

  it('looks at a text without keeping it', () => {
    const tokeniser = createTokeniser()
    const old = tokeniser.read(TEXT)
    const other = TEXT.replace('Line of 7', 'Lines of 7')
    expect(shown(tokeniser.peek(other))).toBe(tokens(other))
    expect(tokeniser.read(TEXT)).toBe(old)
  })

  it('refuses what is too much, as reading it anew does', () => {
    const tokeniser = createTokeniser()
    tokeniser.read(TEXT)
    for (const text of [TEXT.replace('Line of 7', 'x'.repeat(300_000)), TEXT.replace('{id: flow', `${'['.repeat(40)}`)])
      expect(tokeniser.read(text)).toEqual(tokenise(text))
  })
})
