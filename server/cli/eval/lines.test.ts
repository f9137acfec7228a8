import { describe, expect, it } from 'vitest'
import { corpus } from '#lib/testing/corpus.ts'
import { cpuTime } from '#lib/testing/cpu-time.ts'
import { answer } from './answer.ts'
import { answerLines, MAX_LINE } from './lines.ts'

async function answers(...pieces: readonly string[]): Promise<unknown[]> {
  const out: string[] = []
  for await (const text of answerLines(streamOf(pieces), { given: 7 })) out.push(text)
  return out
    .join('')
    .trimEnd()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
}

async function* streamOf(pieces: readonly string[]): AsyncGenerator<string> {
  yield* pieces
}

describe('lines', () => {
  it('are answered one by one, in whatever pieces they come', async () => {
    expect(await answers('{"expr"', ': "1"}\r\n{"expr": "2', '"}\n{"expr": "3"}')).toEqual([
      { value: 1 },
      { value: 2 },
      { value: 3 },
    ])
    expect(await answers('')).toEqual([])
    expect(await answers('\n\n')).toHaveLength(2)
  })

  it('without data of their own use what was given', async () => {
    expect(await answers('{"expr": "given"}\n{"expr": "given", "data": {"given": 8}}\n')).toEqual([
      { value: 7 },
      { value: 8 },
    ])
  })

  it.each([
    ['[1]', 'This line is not an object.'],
    ['null', 'This line is not an object.'],
    ['{}', 'Give either expr or template, and as text.'],
    ['{"expr": 1}', 'Give either expr or template, and as text.'],
    ['{"expr": "1", "template": "1"}', 'Give either expr or template, and as text.'],
    ['{"expr": "1", "template": null}', 'Give either expr or template, and as text.'],
    ['{"expr": "1", "data": null}', 'data is not an object.'],
    ['{"expr": "1", "data": [1]}', 'data is not an object.'],
    [`{"expr": "x", "data": {"x": ${'['.repeat(300)}${']'.repeat(300)}}}`, 'data is nested more than 256 levels deep.'],
  ])('that cannot be answered say why', async (line, message) => {
    expect(await answers(`${line}\n{"expr": "1"}`)).toMatchObject([
      { error: { code: 'request.invalid', message: expect.stringContaining(message), line: 1, column: 1 } },
      { value: 1 },
    ])
  })

  it('that are too long are not kept, and the next one is read again', async () => {
    const piece = 'x'.repeat(MAX_LINE / 4)
    expect(await answers(piece, piece, piece, piece, piece, '\n{"expr": "1"}\n')).toMatchObject([
      { error: { code: 'payload.too_large' } },
      { value: 1 },
    ])
  })
})

describe('hostile lines', () => {
  const payloads = (['expression', 'template', 'yaml', 'url', 'header', 'regex'] as const).flatMap((area) =>
    corpus(area).attacks.map(({ payload }) => payload),
  )

  it('are answered, each in a moment, and change nothing', () => {
    expect(payloads.length).toBeGreaterThan(100)
    for (const payload of payloads) {
      for (const question of [{ expr: payload }, { template: payload }, { template: `{{ ${payload} }}` }]) {
        const spent = cpuTime(() => void answer(question, { a: 1, k: payload, tags: [payload] }))
        expect({ question, slow: spent > 250 }).toEqual({ question, slow: false })
      }
    }
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  it.each([
    ['too long', 'x'.repeat(2_049), 'expression.too_long'],
    ['too deep for the parser', '('.repeat(2_000), 'expression.too_deep'],
    ['too deep for the language', `${'['.repeat(40)}${']'.repeat(40)}`, 'expression.too_deep'],
    ['too much work', 'any(any(any(a == -b for a in big) for b in big) for c in big)', 'expression.fuel'],
    ['too much text', 'len(join(big, text))', 'expression.fuel'],
  ])('are refused in a moment: %s', (_, expr, code) => {
    const data = { big: Array.from({ length: 1_000 }, (_, i) => i + 0.5), text: 'x'.repeat(2_000) }
    let found: ReturnType<typeof answer> | null = null
    expect(
      cpuTime(() => {
        found = answer({ expr }, data)
      }),
    ).toBeLessThan(250)
    expect(found).toMatchObject({ error: { code, line: 1 } })
  })

  it('cannot make the search for the meant name long', () => {
    const data = Object.fromEntries(
      Array.from({ length: 500 }, (_, i) => [`${'ab'.repeat(950)}${i}${'c'.repeat(90)}`, i]),
    )
    expect(cpuTime(() => void answer({ expr: `${'ba'.repeat(950)}${'d'.repeat(92)}` }, data))).toBeLessThan(250)
  })
})
