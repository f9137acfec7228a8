import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import type { Command } from 'commander'
import { isJsonObject, type JsonObject } from '#lib/json.ts'
import { MAX_DATA_DEPTH } from '#lib/workflow/expressions/limits.ts'
import { BootError } from '#server/boot/boot-error.ts'
import { hasCode } from '#server/boot/has-code.ts'
import { readText } from '../read-text.ts'
import { answer, type Question, type Trouble } from './answer.ts'
import { answerLines, isDeeper } from './lines.ts'

interface Options {
  readonly template?: string
  readonly data?: string
}

export function evalCommand(program: Command): void {
  program
    .command('eval')
    .description(
      'evaluate an expression or a template. Without one: JSON lines {"expr" or "template", "data"} from standard input, a line for each',
    )
    .argument('[expression]', "for instance 'score > 80 and len(tags) > 0'")
    .option('--template <text>', 'a text with {{ }} in place of an expression')
    .option('--data <json>', 'an object, or @file; @- reads standard input. Its keys are variables or namespaces')
    // An expression may begin with a minus.
    .allowUnknownOption()
    .action(async (expression: string | undefined, options: Options) => {
      const question = questionOf(expression, options)
      const data = options.data === undefined ? {} : await readData(options.data)
      if (question === null) await evaluateLines(data)
      else evaluateOnce(question, data)
    })
}

function questionOf(expr: string | undefined, { template }: Options): Question | null {
  if (expr !== undefined && template !== undefined) {
    throw new BootError('There is an expression and a template. Give one of them.')
  }
  if (expr !== undefined) return { expr }
  return template === undefined ? null : { template }
}

async function readData(given: string): Promise<JsonObject> {
  const where = given.startsWith('@') ? given.slice(1) : null
  const source = where === null ? given : where === '-' ? await text(process.stdin) : readText(where, 'JSON data')
  const place = where === null ? 'What --data gives' : `What ${where === '-' ? 'standard input' : where} holds`
  let data: unknown
  try {
    data = JSON.parse(source)
  } catch {
    throw new BootError(`${place} is not JSON. Write --data '{"score": 81}', or --data @file.json.`)
  }
  if (!isJsonObject(data)) throw new BootError(`${place} is not an object. Write for instance {"score": 81}.`)
  if (isDeeper(data, MAX_DATA_DEPTH)) throw new BootError(`${place} is nested more than ${MAX_DATA_DEPTH} levels deep.`)
  return data
}

function evaluateOnce(question: Question, data: JsonObject): void {
  const found = answer(question, data)
  if ('value' in found) {
    // A rendered text as it is, everything else as JSON.
    const plain = 'template' in question && typeof found.value === 'string'
    process.stdout.write(`${plain ? found.value : JSON.stringify(found.value)}\n`)
  } else {
    process.stderr.write(shown(found.error, 'expr' in question ? question.expr : question.template))
    process.exitCode = 1
  }
}

/** The trouble under the line it is in. */
function shown({ code, message, line, column, length }: Trouble, source: string): string {
  const text = source.split('\n')[line - 1] ?? ''
  const marks = '^'.repeat(Math.max(1, Math.min(length, text.length - column + 1)))
  return `${line}:${column}: ${message} [${code}]\n  ${text}\n  ${' '.repeat(column - 1)}${marks}\n`
}

async function evaluateLines(data: JsonObject): Promise<void> {
  const { stdin, stdout, stderr } = process
  if (stdin.isTTY) stderr.write('One object per line, for instance {"expr": "score > 80", "data": {"score": 81}}\n')
  stdin.setEncoding('utf8')
  try {
    await pipeline(stdin, (pieces: AsyncIterable<string>) => answerLines(pieces, data), stdout, { end: false })
  } catch (error) {
    // Whoever read the answers has had enough, as `head` does.
    if (!hasCode(error, 'EPIPE')) throw error
  }
}
