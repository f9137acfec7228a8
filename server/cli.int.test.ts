import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hashApiKey } from '#server/auth/api-key.ts'
import { ensureBuilt } from '#server/boot/build.mjs'
import { openDataFolder } from '#server/boot/data-folder.ts'
import { launchEmbedded } from '#server/boot/embedded.ts'
import { tryLock } from '#server/boot/lock.mjs'
import { openDatabase } from '#server/db/client.ts'
import { runScaff } from './cli/testing.ts'

let folder: string
beforeAll(async () => {
  // As people run it: from source, each start would load every library file by file.
  await ensureBuilt(['server'])
  folder = mkdtempSync(join(tmpdir(), 'scaff-cli-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const scaff = (args: readonly string[], more?: Parameters<typeof runScaff>[2]) => runScaff(folder, args, more)

/** What the data folder's database knows, seen as a supervisor would. */
async function inDatabase<T>(look: (database: ReturnType<typeof openDatabase>) => Promise<T>): Promise<T> {
  const server = await launchEmbedded(openDataFolder(join(folder, 'data')))
  const database = openDatabase(server.url, { max: 1, name: 'test' })
  try {
    return await look(database)
  } finally {
    await database.close()
    await server.stop()
  }
}

describe('scaff api-key create', () => {
  it('prints the key alone, while Scaff is stopped, and leaves nothing running', async () => {
    const { code, out, err } = await scaff(['api-key', 'create', '--name', 'ci', '--role', 'editor'])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(/^scf_\S+\n$/)
    expect(existsSync(join(folder, 'data', 'lock'))).toBe(false)
    expect(existsSync(join(folder, 'data', 'postgres', 'postmaster.pid'))).toBe(false)
    const rows = await inDatabase(({ sql }) => sql`select name, role, hash, created_by from api_keys`)
    expect(rows).toEqual([{ name: 'ci', role: 'editor', hash: hashApiKey(out.trim()), created_by: 'system' }])
  })

  it('works beside a running Scaff, whose database it neither starts nor stops', async () => {
    const data = openDataFolder(join(folder, 'data'))
    const held = tryLock(data.lock, 'start')
    if (!held.taken) throw new Error('the folder is held')
    const server = await launchEmbedded(data)
    try {
      expect(await scaff(['api-key', 'create', '--name', 'beside', '--role', 'viewer'])).toMatchObject({
        code: 0,
        err: '',
      })
      const again = await launchEmbedded(data)
      expect(again).toMatchObject({ adopted: true, pid: server.pid })
    } finally {
      await server.stop()
      held.release()
    }
  })

  it('says what is wrong with what was asked', async () => {
    const role = await scaff(['api-key', 'create', '--name', 'x', '--role', 'king'])
    expect(role.code).toBe(1)
    expect(role.err).toMatch(/Allowed choices are viewer|Allowed choices are admin/)
    const name = await scaff(['api-key', 'create', '--name', ' ', '--role', 'viewer'])
    expect(name).toMatchObject({ code: 1, out: '' })
    expect(name.err).toMatch(/^scaff: The request does not fit: name: /)
  })
})

describe('scaff secret set', () => {
  it('takes the value from standard input and stores it sealed', async () => {
    const answer = await scaff(['secret', 'set', 'CMS_API_KEY'], { input: 'canary-value\n' })
    expect(answer).toEqual({ code: 0, out: 'CMS_API_KEY is set\n', err: '' })
    const rows = await inDatabase(
      ({ sql }) => sql<{ name: string; envelope: string }[]>`select name, envelope from secrets`,
    )
    expect(rows.map((row) => row.name)).toEqual(['CMS_API_KEY'])
    expect(rows[0]?.envelope).not.toContain('canary-value')
  })

  it('refuses an empty value', async () => {
    const answer = await scaff(['secret', 'set', 'CMS_API_KEY'])
    expect(answer.code).toBe(1)
    expect(answer.err).toMatch(/No value came in\. Type it, or pipe it in/)
  })

  it('refuses another master key than the database was set up with', async () => {
    const env = { SCAFF_SECRET_KEY: 'another-Key-that-is-strong-enough-0123456789' }
    const answer = await scaff(['secret', 'set', 'X'], { input: 'v', env })
    expect(answer.code).toBe(1)
    expect(answer.err).toMatch(/SCAFF_SECRET_KEY is not the key this database was set up with/)
  })
})

describe('scaff validate', () => {
  it('tells every problem with file, line and column, and ends with 1', async () => {
    writeFileSync(join(folder, 'broken.yaml'), 'name: x\nsteps:\n  - id: a\n    type: teleport\n')
    const { code, out } = await scaff(['validate', 'broken.yaml'])
    expect(code).toBe(1)
    expect(out).toMatch(/^broken\.yaml:4:11: error: .*teleport/m)
    expect(out).toMatch(/broken\.yaml has 1 error/)
  })

  it('needs no database for a valid one, also from standard input', async () => {
    const yaml = 'name: x\nstart_step: a\nsteps:\n  - id: a\n    type: set\n    values: {x: 1}\n'
    const { code, out } = await scaff(['validate', '-'], {
      input: yaml,
      env: { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' },
    })
    expect({ code, out }).toEqual({ code: 0, out: '- is valid\n' })
  })

  it('says when there is no such file, and when a folder has none', async () => {
    expect(await scaff(['validate', 'nope.yaml'])).toEqual({
      code: 1,
      out: '',
      err: 'scaff: There is no file nope.yaml. Give the path of a workflow in YAML.\n',
    })
    mkdirSync(join(folder, 'empty'))
    expect((await scaff(['validate', 'empty'])).err).toBe('scaff: There is no workflow in empty.\n')
  })

  const slips = `name: x # kept
start_step: a
steps:
  - id: a
    type: aproval # kept too
    approvers: [a@b.co]
    priorty: high
`
  const cured = slips.replace('aproval', 'approval').replace('priorty', 'priority')

  it('--fix writes what it could cure, keeps comments and rights, and says what it changed', async () => {
    mkdirSync(join(folder, 'many', 'inner'), { recursive: true })
    const file = join(folder, 'many', 'inner', 'slips.yaml')
    writeFileSync(file, slips, { mode: 0o640 })
    writeFileSync(join(folder, 'many', 'good.yaml'), cured)
    writeFileSync(join(folder, 'many', 'other.yaml'), 'services: {}\n')
    expect(await scaff(['validate', 'many'])).toMatchObject({ code: 1 })
    expect(readFileSync(file, 'utf8')).toBe(slips)
    expect(await scaff(['validate', 'many', '--fix'])).toEqual({
      code: 0,
      out: [
        'many/good.yaml is valid',
        'many/inner/slips.yaml:5:11: fixed: Change to approval [step.type_unknown]',
        'many/inner/slips.yaml:7:5: fixed: Change to priority [step.unknown_key]',
        'many/inner/slips.yaml is valid, 2 fixed',
        '',
      ].join('\n'),
      err: '',
    })
    expect(readFileSync(file, 'utf8')).toBe(cured)
    expect(statSync(file).mode & 0o777).toBe(0o640)
    expect(readdirSync(join(folder, 'many', 'inner'))).toEqual(['slips.yaml'])
  })

  it('--fix answers standard input with the text, and with 1 where something is left to do', async () => {
    const { code, out, err } = await scaff(['validate', '-', '--fix'], { input: `${slips}    nonsense: 1\n` })
    expect({ code, out }).toEqual({ code: 1, out: `${cured}    nonsense: 1\n` })
    expect(err).toMatch(/^-:8:5: error: .*nonsense.*\n- has 1 error, 2 fixed\n$/ms)
  })

  it('--json answers with all that is told, and where it is explained', async () => {
    writeFileSync(join(folder, 'slips.yaml'), slips)
    const { code, out } = await scaff(['validate', 'slips.yaml', '--json'])
    const { files } = JSON.parse(out)
    expect({ code, files: files.length }).toEqual({ code: 1, files: 1 })
    expect(files[0]).toMatchObject({ file: 'slips.yaml', valid: false, fixed: [] })
    expect(files[0].diagnostics[0]).toMatchObject({
      code: 'step.type_unknown',
      line: 5,
      fix: { title: 'Change to approval', edits: [{ line: 5, column: 11, endColumn: 18, newText: 'approval' }] },
      docs: '/docs/diagnostics#steptype_unknown',
    })
  })
})

describe('scaff test', () => {
  const flow = (tests: string) => `name: Greet
start_step: ask
steps:
  - {id: ask, type: approval, approvers: [boss@company.com], timeout: 30d, reminder: 7d, on_reject: no}
  - {id: yes, type: set, values: {said: "'yes'"}, next: end}
  - {id: no, type: set, values: {said: "'no'"}}
outputs: {said: "{{ said }}"}
${tests}`
  const agreed = '  - {name: agreed, people: {ask: {approve: "", after: 29d}}, expect: {outputs: {said: yes}}}\n'
  const wrong = '  - {name: refused, people: {ask: reject}, expect: {outputs: {said: yes}}}\n'
  const put = (name: string, text: string) => {
    mkdirSync(join(folder, 'flows', 'inner'), { recursive: true })
    writeFileSync(join(folder, 'flows', name), text)
  }
  /** Nothing of it needs a database. */
  const env = { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' }

  it('tells what passed, what did not and where, and what no test comes to', async () => {
    put('greet.yaml', flow(`tests:\n${agreed}${wrong}`))
    const { code, out, err } = await scaff(['test', 'flows/greet.yaml'], { env })
    expect({ code, err }).toEqual({ code: 1, err: '' })
    expect(out).toBe(`flows/greet.yaml  Greet
  ✓ agreed  (29 days)
  ✗ refused
      flows/greet.yaml:10:69: outputs.said: The value is another one.
        expected "yes"
        found    "no"
  steps 100 % (3 of 3), ways 100 % (4 of 4)

1 workflow, 2 tests: 1 passed, 1 failed
`)
  })

  it('ends with 0 where all pass, and finds workflows in folders among other files', async () => {
    put('greet.yaml', flow(`tests:\n${agreed}`))
    put('inner/plain.yml', flow(''))
    put('inner/compose.yaml', 'services: {web: {image: x}}\n')
    const { code, out } = await scaff(['test', 'flows'], { env })
    expect(code).toBe(0)
    expect(out).toContain('  steps 66 % (2 of 3), ways 50 % (2 of 4)\n    not run: no (line 6)\n')
    expect(out).toContain('flows/inner/plain.yml  Greet\n  has no tests\n')
    expect(out).toMatch(/2 workflows, 1 test: 1 passed, 0 failed; 1 without tests\n$/)
  })

  it('ends with 2 where a file is not valid, is missing, or there is none', async () => {
    put('broken.yaml', 'name: x\nsteps: [{id: a, type: teleport}]\n')
    const broken = await scaff(['test', 'flows'], { env })
    expect(broken.code).toBe(2)
    expect(broken.out).toMatch(/flows\/broken\.yaml:2:23: error: .*teleport/)
    rmSync(join(folder, 'flows', 'broken.yaml'))
    expect(await scaff(['test', 'nope.yaml'], { env })).toEqual({
      code: 2,
      out: '',
      err: 'scaff: There is no file nope.yaml. Give the path of a workflow in YAML.\n',
    })
    mkdirSync(join(folder, 'nothing'))
    expect(await scaff(['test', 'nothing'], { env })).toMatchObject({
      code: 2,
      err: 'scaff: There is no workflow in nothing.\n',
    })
  })

  it('answers programs in JSON', async () => {
    put('greet.yaml', flow(`tests:\n${agreed}${wrong}`))
    const { code, out } = await scaff(['test', '--json', 'flows/greet.yaml'], { env })
    expect(code).toBe(1)
    expect(JSON.parse(out).files).toMatchObject([
      {
        file: 'flows/greet.yaml',
        workflow: 'Greet',
        cases: [{ passed: true }, { passed: false, findings: [{ line: 10 }] }],
      },
    ])
  })

  it('plays workflows that steps call, and answers that were recorded, from the same folder alone', async () => {
    const caller = (recorded: string) => `name: Caller
start_step: greet
steps:
  - {id: greet, type: workflow, workflow: Greet, output_key: greeting}
  - {id: draft, type: ai_generate, prompt: Write., output_key: draft}
outputs: {said: "{{ greeting.said }}", draft: "{{ draft }}"}
tests:
  - name: all of it
    workflows: {greet: {case: agreed}}
    ai: {draft: {recorded: ${recorded}}}
    expect: {outputs: {said: yes, draft: As it was.}, mails: [{to: boss@company.com, kind: approval_reminder, count: 4}]}
`
    put('greet.yaml', flow(`tests:\n${agreed}`))
    put('caller.yaml', caller('run.json'))
    const run = { history: [{ step_id: 'draft', ai_calls: [{ answer: null }, { answer: 'As it was.' }] }] }
    put('run.json', JSON.stringify(run))
    const told = await scaff(['test', 'flows/caller.yaml'], { env })
    expect(told).toMatchObject({ code: 0, err: '' })
    writeFileSync(join(folder, 'outside.json'), JSON.stringify(['As it was.']))
    put('caller.yaml', caller('../outside.json'))
    const outside = await scaff(['test', 'flows/caller.yaml'], { env })
    expect(outside.code).toBe(1)
    expect(outside.out).toContain('its recorded answers stand in ../outside.json, which is not at hand here')
  })
})

describe('scaff doctor', () => {
  it('lists every setting that is wrong', async () => {
    const { code, out } = await scaff(['doctor'], { env: { PORT: 'x', LOG_LEVEL: 'loud' } })
    expect(code).toBe(1)
    expect(out).toMatch(/^problem PORT is "x"/m)
    expect(out).toMatch(/^problem LOG_LEVEL is "loud"/m)
    expect(out).toMatch(/2 to put right\.\n$/)
  })

  it('finds a folder it may not write to', async () => {
    writeFileSync(join(folder, 'file'), '')
    const { code, out } = await scaff(['doctor'], { env: { SCAFF_DATA_DIR: join(folder, 'file') } })
    expect(code).toBe(1)
    expect(out).toMatch(/^problem The data folder .* cannot be written to\. Give this user the right to/m)
  })
})
