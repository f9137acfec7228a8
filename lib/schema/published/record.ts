import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { isJsonObject, type Json, type JsonObject, type JsonSchema } from '#lib/json.ts'
import { readSchema } from '../gate.ts'
import type { PublishedSchema, SuiteGroup } from './read.ts'

/**
 * Writes down what others published, to hold the gate and both validators to it:
 * `node lib/schema/published/record.ts SUITE PACKAGE…`. SUITE is a copy of JSON-Schema-Test-Suite (MIT, Julian Berman),
 * PACKAGE an unpacked npm package that ships schemas under a free licence.
 */
const DRAFTS = ['draft4', 'draft7', 'draft2020-12'] as const
const LARGEST = 24 * 1024

const [suite = '', ...packages] = process.argv.slice(2)
write('suite', DRAFTS.flatMap(groupsOf))
const seen = new Set<string>()
write('schemas', packages.flatMap(schemasOf))

interface SuiteFile {
  readonly description: string
  readonly schema: JsonSchema | boolean
  readonly tests: readonly { readonly data: Json; readonly valid: boolean }[]
}

function groupsOf(draft: string): SuiteGroup[] {
  const folder = join(suite, 'tests', draft)
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .flatMap((file) =>
      read(join(folder, file)).map(({ description, schema, tests }: SuiteFile) => ({
        draft,
        about: `${basename(file, '.json')}: ${description}`,
        schema,
        tests: tests.map(({ data, valid }) => [data, valid] as const),
      })),
    )
}

function schemasOf(folder: string): PublishedSchema[] {
  const { name, version, license } = read(join(folder, 'package.json'))
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json') && !/package\.json|\/files\/|node_modules|test/.test(file))
    .flatMap((file) => {
      const schema: Json = read(join(folder, file))
      const text = JSON.stringify(schema)
      if (!isSchema(schema) || text.length > LARGEST || seen.has(text)) return []
      seen.add(text)
      const [problem] = readSchema(schema).problems
      const verdict = problem?.code ?? 'accepted'
      return [{ from: `${name}@${version} (${license})`, file, verdict, schema }]
    })
}

function isSchema(value: Json): value is JsonObject {
  if (!isJsonObject(value)) return false
  if (['generators', 'executors', 'builders', 'schematics'].some((key) => key in value)) return false
  return (
    /json-schema\.org/.test(String(value.$schema)) || ('type' in value && 'properties' in value) || '$defs' in value
  )
}

function read(file: string) {
  return JSON.parse(readFileSync(file, 'utf8'))
}

function write(name: string, lines: readonly object[]): void {
  const text = lines.map((line) => JSON.stringify(line)).join('\n')
  writeFileSync(join(import.meta.dirname, `${name}.jsonl.gz`), gzipSync(text, { level: 9 }))
  console.log(`${name}: ${lines.length}`)
}
