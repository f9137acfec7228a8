import { describe, expect, it } from 'vitest'
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
  ])('that cannot be answered say why: %s', async (line, message) => {
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
