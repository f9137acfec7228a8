import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { goodTexts } from '#lib/testing/good-texts.ts'
import { YamlLanguageServer } from '#server/testing/language-server.ts'
import { languageSchemaResponse } from './language-schema.ts'

let http: Server
let server: YamlLanguageServer
let modeline: string
let opened = 0

beforeAll(async () => {
  http = createServer(async (request, answer) => {
    const response = languageSchemaResponse(new Request(`http://localhost${request.url}`))
    answer.writeHead(response.status, Object.fromEntries(response.headers))
    answer.end(await response.text())
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const { port } = http.address() as AddressInfo
  modeline = `# yaml-language-server: $schema=http://127.0.0.1:${port}/schema/workflow.json\n`
  server = await YamlLanguageServer.start()
})
afterAll(() => {
  server?.stop()
  http?.close()
})

/** A text as an author has it before them, with `¦` where the cursor is. */
async function open(marked: string) {
  const text = modeline + marked
  const before = text.slice(0, text.indexOf('¦')).split('\n')
  const uri = `file:///flow-${++opened}.yaml`
  const findings = await server.open(uri, text.replace('¦', ''))
  return { uri, findings, line: before.length - 1, character: before.at(-1)?.length ?? 0 }
}

async function labels(marked: string): Promise<readonly string[]> {
  const { uri, line, character } = await open(marked)
  return (await server.complete(uri, line, character)).map(({ label }) => label)
}

const STEPS = 'name: A\nstart_step: a\nsteps:\n'

describe('an ordinary YAML language server with the schema of the language', () => {
  it.each(goodTexts().map(([name, text]) => ({ name, text })))('finds nothing wrong with $name', async ({ text }) => {
    expect((await open(text)).findings).toEqual([])
  })

  it.each([
    ['a slip in a key', '  - id: a\n    type: ai_generate\n    promt: Hello\n', /promt/, 6],
    ['a slip inside config', '  - id: a\n    type: ai_generate\n    config: {promt: Hello}\n', /promt/, 6],
    ['an unknown type', '  - id: a\n    type: frm\n', /"form"/, 5],
    ['a missing parameter', '  - id: a\n    type: form\n', /fields/, 4],
    ['a step without id', '  - type: set\n    values: {a: 1}\n', /id/, 4],
    ['a value of the wrong type', '  - id: a\n    type: set\n    values: [1]\n', /values/, 6],
    [
      'a word that is none of the choices',
      '  - id: a\n    type: approval\n    approvers: [a@b.co]\n    priority: urgent\n',
      /high/,
      7,
    ],
    ['a duration without unit', '  - id: a\n    type: approval\n    approvers: [a@b.co]\n    timeout: 3\n', /./, 7],
    [
      'a key of a field that is none',
      '  - id: a\n    type: form\n    fields: [{key: x, requird: true}]\n',
      /requird/,
      6,
    ],
    [
      'a slip in a branch',
      '  - id: a\n    type: parallel\n    branches: {one: [{id: b, type: set, valus: {}}]}\n',
      /valus/,
      6,
    ],
  ])('flags %s on its line', async (_, steps, message, line) => {
    const { findings } = await open(STEPS + steps)
    expect(findings.map((one) => one.message).join('\n')).toMatch(message)
    expect(findings.map(({ range }) => range.start.line)).toContain(line)
  })

  it('flags a slip at the top', async () => {
    const { findings } = await open(`naem: A\n${STEPS}  - {id: a, type: set, values: {b: 1}}\n`)
    expect(findings.map((one) => one.message).join('\n')).toMatch(/naem/)
  })

  it.each([
    ['a workflow', 'name: A\n¦', ['start_step', 'steps', 'inputs', 'outputs', 'tests']],
    ['a step that begins', `${STEPS}  - id: a\n    ¦`, ['type', 'name', 'next']],
    [
      'a step by its type',
      `${STEPS}  - id: a\n    type: approval\n    ¦`,
      ['approvers', 'policy', 'on_reject', 'next'],
    ],
    [
      'a config by its step’s type',
      `${STEPS}  - id: a\n    type: ai_generate\n    config:\n      ¦`,
      ['prompt', 'output_schema'],
    ],
    [
      'a field',
      `${STEPS}  - id: a\n    type: form\n    fields:\n      - key: b\n        ¦`,
      ['type', 'label', 'required'],
    ],
    [
      'a test',
      `${STEPS}  - {id: a, type: set, values: {b: 1}}\ntests:\n  - name: b\n    ¦`,
      ['people', 'ai', 'expect'],
    ],
  ])('completes the keys of %s', async (_, text, expected) => {
    expect(await labels(text)).toEqual(expect.arrayContaining(expected))
  })

  it('completes the types of steps and the words of a choice', async () => {
    expect(await labels(`${STEPS}  - id: a\n    type: ¦`)).toEqual(expect.arrayContaining(['form', 'approval']))
    const words = await labels(`${STEPS}  - id: a\n    type: approval\n    approvers: [a@b.co]\n    confirm: ¦`)
    expect(words).toEqual(expect.arrayContaining(['click', 'code', 'login']))
  })

  it('says what a key is for', async () => {
    const { uri, line, character } = await open(`${STEPS}  - id: a\n    type: ai_generate\n    pro¦mpt: Hello\n`)
    expect(await server.hover(uri, line, character)).toContain('What the model is asked')
  })
})
