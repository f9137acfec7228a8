import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ensureBuilt } from '#server/boot/build.mjs'
import { runScaff, startScaff } from '../testing.ts'

/** Where nothing answers: `eval` must not ask for a database. */
const NO_DATABASE = { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' }

const DEEP = `${'['.repeat(300)}${']'.repeat(300)}`

let folder: string
beforeAll(async () => {
  await ensureBuilt(['server'])
  folder = mkdtempSync(join(tmpdir(), 'scaff-eval-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const evaluate = (args: readonly string[], input?: string) =>
  runScaff(folder, ['eval', ...args], { env: NO_DATABASE, ...(input === undefined ? {} : { input }) })

describe('scaff eval with an expression', () => {
  it('prints the value as JSON, and only that', async () => {
    const args = ['runtime.score > 80 and len(runtime.tags) > 0', '--data', '{"runtime": {"score": 81, "tags": ["a"]}}']
    expect(await evaluate(args)).toEqual({ code: 0, out: 'true\n', err: '' })
    expect(await evaluate(['topic', '--data', '{"topic": "🚀"}'])).toEqual({ code: 0, out: '"🚀"\n', err: '' })
  })

  it('takes one that begins with a minus, and data from a file or standard input', async () => {
    writeFileSync(join(folder, 'data.json'), '{"x": 5}')
    expect(await evaluate(['-x % 3', '--data', '@data.json'])).toMatchObject({ code: 0, out: '1\n' })
    expect(await evaluate(['-x % 3', '--data', '@-'], '{"x": 4}')).toMatchObject({ code: 0, out: '2\n' })
  })

  it('shows an error under its token, on standard error, and ends with 1', async () => {
    expect(await evaluate(['1 + scor', '--data', '{"score": 1}'])).toEqual({
      code: 1,
      out: '',
      err: '1:5: There is no variable scor. Did you mean score? [expression.unknown_variable]\n  1 + scor\n      ^^^^\n',
    })
  })

  it.each([
    { data: '[1]', message: 'What --data gives is not an object. Write for instance {"score": 81}.' },
    { data: '{', message: `What --data gives is not JSON. Write --data '{"score": 81}', or --data @file.json.` },
    { data: '@nope.json', message: 'There is no file nope.json. Give the path of JSON data.' },
    { data: `{"x": ${DEEP}}`, message: 'What --data gives is nested more than 256 levels deep.' },
  ])('tells what is wrong with the data: $message', async ({ data, message }) => {
    expect(await evaluate(['x', '--data', data])).toEqual({ code: 1, out: '', err: `scaff: ${message}\n` })
  })

  it('takes no template beside it', async () => {
    const { code, err } = await evaluate(['x', '--template', 'y'])
    expect(code).toBe(1)
    expect(err).toContain('There is an expression and a template. Give one of them.')
  })
})

describe('scaff eval --template', () => {
  it('prints the text as it is, and another value as JSON', async () => {
    const data = ['--data', '{"name": "Ana", "tags": ["a"]}']
    expect(await evaluate(['--template', 'Hi {{ name }},\n{{ tags }}', ...data])).toMatchObject({
      code: 0,
      out: "Hi Ana,\n['a']\n",
    })
    expect(await evaluate(['--template', '{{ tags }}', ...data])).toMatchObject({ code: 0, out: '["a"]\n' })
  })

  it('names the line of an error', async () => {
    const { code, err } = await evaluate(['--template', 'Hi\n{{ nope }}'])
    expect(code).toBe(1)
    expect(err).toMatch(/^2:4: .*There is no variable nope\..*\n {2}\{\{ nope \}\}\n {5}\^\^\^\^\n$/)
  })
})

describe('scaff eval with lines', () => {
  it('answers each, whatever stands in it, and ends with 0', async () => {
    const lines = [
      '{"expr": "x + 1", "data": {"x": 1}}',
      'nonsense',
      '',
      '{"template": "{{ x }}!", "data": {"x": [1]}}',
      '{"expr": "x <", "data": {}}',
      '['.repeat(100_000),
      '{"expr": "1 + 1"}',
    ]
    const { code, out, err } = await evaluate([], lines.join('\n'))
    expect({ code, err }).toEqual({ code: 0, err: '' })
    const answers = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(answers).toMatchObject([
      { value: 2 },
      { error: { code: 'request.malformed', column: 1 } },
      { error: { code: 'request.malformed' } },
      { value: '[1]!' },
      { error: { code: 'expression.syntax', message: expect.stringContaining('A value is missing'), column: 4 } },
      { error: { code: 'request.malformed' } },
      { value: 2 },
    ])
    expect(answers).toHaveLength(lines.length)
  })

  it('answers a line while others are still to come', async () => {
    const child = startScaff(folder, ['eval'], NO_DATABASE)
    try {
      child.stdout.setEncoding('utf8')
      const answers = child.stdout[Symbol.asyncIterator]()
      for (const x of [1, 2]) {
        child.stdin.write(`{"expr": "x", "data": {"x": ${x}}}\n`)
        expect(await answers.next()).toEqual({ done: false, value: `{"value":${x}}\n` })
      }
    } finally {
      child.stdin.end()
    }
    expect(await new Promise((done) => child.on('close', done))).toBe(0)
  })

  it('ends quietly when nobody reads on', async () => {
    const child = startScaff(folder, ['eval'], NO_DATABASE)
    let err = ''
    child.stderr.on('data', (chunk) => {
      err += chunk
    })
    // It may be gone before all is written.
    child.stdin.on('error', () => {})
    child.stdout.once('data', () => child.stdout.destroy())
    child.stdin.write('{"expr": "1"}\n'.repeat(50_000))
    child.stdin.end()
    expect(await new Promise((done) => child.on('close', done))).toBe(0)
    expect(err).toBe('')
  })
})
