import { isJsonObject, type Json, type JsonObject } from '#lib/json.ts'
import { MAX_DATA_DEPTH } from '#lib/workflow/expressions/limits.ts'
import { type Answer, answer, type Question } from './answer.ts'

/** Characters of one line. More than any data of a run; beyond it a stream without line breaks would fill the memory. */
export const MAX_LINE = 16 * 1_024 * 1_024

/** Answers each line of a stream with a line, as soon as it is there. Whatever stands in a line, the next one is answered. */
export async function* answerLines(pieces: AsyncIterable<string>, data: JsonObject): AsyncGenerator<string> {
  for await (const lines of linesOf(pieces)) {
    const answers = lines.map((line) => `${JSON.stringify(answerLine(line, data))}\n`)
    if (answers.length > 0) yield answers.join('')
  }
}

function answerLine(line: string | null, data: JsonObject): Answer {
  if (line === null) return refused('payload.too_large', `A line has at most ${MAX_LINE} characters. Send less data.`)
  let request: unknown
  try {
    request = JSON.parse(line)
  } catch {
    return refused('request.malformed', `This line is not JSON. ${EXAMPLE}`)
  }
  if (!isJsonObject(request)) return refused('request.invalid', `This line is not an object. ${EXAMPLE}`)
  const question = questionOf(request)
  if (question === null) return refused('request.invalid', `Give either expr or template, and as text. ${EXAMPLE}`)
  const own = Object.hasOwn(request, 'data') ? request.data : data
  if (!isJsonObject(own)) return refused('request.invalid', `data is not an object. ${EXAMPLE}`)
  if (isDeeper(own, MAX_DATA_DEPTH)) {
    return refused('request.invalid', `data is nested more than ${MAX_DATA_DEPTH} levels deep. Send a flatter object.`)
  }
  return answer(question, own)
}

const EXAMPLE = 'Write one object per line, for instance {"expr": "score > 80", "data": {"score": 81}}.'

function questionOf(request: JsonObject): Question | null {
  const { expr, template } = request
  if (typeof expr === 'string') return template === undefined ? { expr } : null
  return typeof template === 'string' && expr === undefined ? { template } : null
}

function refused(code: string, message: string): Answer {
  return { error: { code, message, line: 1, column: 1, length: 1 } }
}

/** Whether anything stands further down than that: it could not be written as JSON again. */
export function isDeeper(value: Json, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some((part: Json) => isDeeper(part, levels - 1))
}

/** The lines that each piece completes, without their ends; null for one that is too long. */
async function* linesOf(pieces: AsyncIterable<string>): AsyncGenerator<readonly (string | null)[]> {
  let parts: string[] = []
  let length = 0
  const add = (part: string) => {
    length += part.length
    if (length <= MAX_LINE) parts.push(part)
    else parts = []
  }
  const finish = (): string | null => {
    const line = length > MAX_LINE ? null : parts.join('')
    parts = []
    length = 0
    return line
  }
  for await (const piece of pieces) {
    const [first = '', ...rest] = piece.split('\n')
    const lines: (string | null)[] = []
    add(first)
    for (const part of rest) {
      lines.push(finish())
      add(part)
    }
    yield lines
  }
  if (length > 0) yield [finish()]
}
