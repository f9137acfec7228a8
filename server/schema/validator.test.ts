import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '#lib/json.ts'
import { VALIDATION_CASES } from '#lib/schema/validation-cases.ts'
import { corpus } from '#lib/testing/corpus.ts'
import { findThreadFile } from './thread-file.ts'
import { createSchemaValidator } from './validator.ts'

const validator = createSchemaValidator()
afterAll(() => validator.close())

const tooComplex = [{ path: '', message: 'is too complex to be checked; make it smaller' }]

/** Small, behind the gate, and hopeless: each level of the value multiplies the alternatives by three. */
const multiplying = { anyOf: Array.from({ length: 3 }, () => ({ items: { $ref: '#' } })), not: { const: 1 } }
const deep: Json = Array.from({ length: 40 }).reduce<Json>((inner) => [inner], 1)

describe('the compiling validator, in its thread', () => {
  for (const { name, schema, valid, invalid } of VALIDATION_CASES) {
    it(`says what the interpreting one says of ${name}`, async () => {
      for (const value of valid) expect(await validator.validate(schema, value)).toEqual([])
      for (const [value, ...violations] of invalid) expect(await validator.validate(schema, value)).toEqual(violations)
    })
  }

  it('gives up on what takes too long, while the process goes on, and answers the next question', async () => {
    await validator.validate({ type: 'string' }, '')
    let turns = 0
    const turning = setInterval(() => turns++, 5)
    const [hopeless, next] = await Promise.all([
      validator.validate(multiplying, deep),
      validator.validate({ type: 'string' }, 1),
    ])
    clearInterval(turning)
    expect(hopeless).toEqual(tooComplex)
    expect(next).toEqual([{ path: '', message: 'must be text, not 1' }])
    expect(turns).toBeGreaterThan(10)
  })

  it('answers many at once, each its own', async () => {
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, i) => validator.validate({ type: 'integer', maximum: 49 }, i)),
    )
    expect(answers.map((violations) => violations.length)).toEqual(
      Array.from({ length: 100 }, (_, i) => (i > 49 ? 1 : 0)),
    )
  })

  it('refuses what the gate refuses, before the thread sees it', async () => {
    for (const { payload, expect: wanted } of corpus('schema').attacks) {
      const violations = await validator.validate(JSON.parse(payload), {})
      if (wanted === 'reject') expect(violations[0]?.message).toContain('its schema has an error')
    }
  })

  it('does not let one schema’s label or anchors leak into another', async () => {
    const $id = 'https://example.com/same'
    const first = { $id, $ref: '#x', $defs: { a: { $anchor: 'x', type: 'string' } } }
    const second = { $id, $ref: '#x', $defs: { a: { $anchor: 'x', type: 'number' } } }
    expect(await validator.validate(first, 'a')).toEqual([])
    expect(await validator.validate(second, 1)).toEqual([])
    expect(await validator.validate(second, 'a')).toHaveLength(1)
  })

  it('remembers nothing of one value for the next', async () => {
    const forms = { anyOf: [{ properties: { b: { type: 'number' } }, required: ['b'] }, { required: ['a'] }] }
    const schema = { additionalProperties: { ...forms, unevaluatedProperties: false } }
    const notAllowed = { path: 'x.b', message: 'is not allowed here' }
    expect(await validator.validate(schema, { x: { a: 1, b: '' } })).toContainEqual(notAllowed)
    expect(await validator.validate(schema, { s: 'text', x: { a: 1, b: '' } })).toContainEqual(notAllowed)
    const has = { prefixItems: [{ const: 1 }, false], contains: false }
    expect(await validator.validate(has, [])).toHaveLength(1)
  })

  it('misses a property with an empty name', async () => {
    const required = { path: '[""]', message: 'is required' }
    expect(await validator.validate({ required: [''] }, {})).toEqual([required])
    expect(await validator.validate({ required: [''] }, { '': 1 })).toEqual([])
  })

  it('takes data with the names of methods for data', async () => {
    const schema = { properties: { a: { const: { b: 1 } }, list: { uniqueItems: true } } }
    const odd: JsonObject = JSON.parse('{"valueOf": 1, "toString": 2}')
    expect(await validator.validate(schema, { a: odd })).toEqual([{ path: 'a', message: 'must be {"b":1}' }])
    expect(await validator.validate(schema, { list: [odd, { ...odd }] })).toHaveLength(1)
    expect(await validator.validate(schema, { list: [odd, {}] })).toEqual([])
  })

  it('fails loudly, not for ever, when its thread cannot run', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'scaff-thread-'))
    const write = async (name: string, code: string) => {
      const file = join(folder, name)
      await writeFile(file, code)
      return createSchemaValidator({ threadFile: file })
    }
    const broken = await write('broken.mjs', 'throw new Error("no luck")')
    await expect(broken.validate({}, 1)).rejects.toThrow('no luck')
    const ended = await write('ended.mjs', 'process.exit(3)')
    await expect(ended.validate({}, 1)).rejects.toThrow('ended by itself (code 3)')
    const missing = createSchemaValidator({ threadFile: join(folder, 'missing.mjs') })
    await expect(missing.validate({}, 1)).rejects.toThrow('missing.mjs')
    const hungry = await write(
      'hungry.mjs',
      `import { parentPort } from 'node:worker_threads'
       parentPort.on('message', () => { const all = []; for (;;) all.push(new Array(1e6).fill(all.length)) })
       parentPort.postMessage({ kind: 'ready', cpu_ms: 0 })`,
    )
    expect(await hungry.validate({}, 1)).toEqual(tooComplex)
    await Promise.all([broken.close(), ended.close(), missing.close(), hungry.close()])
    await rm(folder, { recursive: true })
  }, 20_000)

  it('refuses questions once it is closed', async () => {
    const own = createSchemaValidator()
    const pending = own.validate({ type: 'string' }, 1)
    await own.close()
    await expect(pending).rejects.toThrow('closed')
    await expect(own.validate({}, 1)).rejects.toThrow('closed')
  })
})

describe('the thread’s file', () => {
  it('is the source beside the finder, else the bundle beside the process’s own, else that in dist above it', async () => {
    expect(findThreadFile()).toMatch(/server\/schema\/thread\.ts$/)
    const folder = await mkdtemp(join(tmpdir(), 'scaff-dist-'))
    const bundle = join(folder, 'dist', 'schema-thread.mjs')
    await writeFile(join(folder, 'schema-thread.mjs'), '')
    expect(findThreadFile(pathToFileURL(join(folder, 'worker.mjs')).href, '/')).toBe(join(folder, 'schema-thread.mjs'))
    await rm(join(folder, 'schema-thread.mjs'))
    expect(() => findThreadFile('webpack://x', folder)).toThrow('npm run build')
    await mkdir(join(folder, 'dist'))
    await writeFile(bundle, '')
    expect(findThreadFile('webpack://x', join(folder, 'dist'))).toBe(bundle)
    expect(findThreadFile('webpack://x', join(folder, 'app', 'deeper'))).toBe(bundle)
    await rm(folder, { recursive: true })
  })
})
