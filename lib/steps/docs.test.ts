import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { FIELD_TYPES } from '#lib/workflow/definition.ts'
import { DIAGNOSTIC_CODES } from '#lib/workflow/diagnostic-codes.ts'
import { stepCatalog } from './definitions.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const page = readFileSync(join(ROOT, 'docs', 'language.md'), 'utf8')

/** What stands under a heading, down to the next one of any rank. */
function section(heading: string): string {
  const [, rest = ''] = page.split(`\n${heading}\n`)
  return rest.split(/^#/m)[0] ?? ''
}

/** What stands as code in the first column of the tables of a section. */
function firstColumn(text: string): string[] {
  const cells = text.split('\n').flatMap((line) => /^\| (`.*?) \|/.exec(line)?.[1] ?? [])
  return cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name))
}

describe.each(stepCatalog.list().map((type) => ({ type })))('$type.type', ({ type }) => {
  it('has each of its keys in the table, and nothing else', () => {
    const shape: object = 'shape' in type.config ? (type.config.shape as object) : {}
    const keys = Object.keys(shape).map((key) => key.replace(/_ms$/, ''))
    const held = type.behavior === 'fork' ? [type.holds] : []
    expect(firstColumn(section(`### ${type.type}`)).sort()).toEqual([...keys, ...held].sort())
  })

  it('has each other spelling, and each key that does nothing yet', () => {
    for (const alias of Object.keys(type.aliases)) expect(section(`### ${type.type}`)).toContain(`\`${alias}\``)
    for (const key of type.later) expect(section('## Not yet effective')).toContain(`\`${key}\``)
  })
})

it('there is no section about a type that is none', () => {
  const types = [...page.matchAll(/^### (.+)$/gm)].map(([, type]) => type)
  expect(types).toEqual(stepCatalog.list().map(({ type }) => type))
})

it('names every field type', () => {
  const named = firstColumn(section('## Fields'))
  expect(FIELD_TYPES.filter((type) => !named.includes(type))).toEqual([])
})

describe('codes', () => {
  const CODE = /^(?:[a-z_]+\.[a-z_]+|not_yet_effective)$/
  // That their own page has them is held by `diagnostics-page.test.ts`.
  const diagnostics: readonly string[] = DIAGNOSTIC_CODES
  const failures = firstColumn(section('## Errors of a step'))
  const read = (patterns: string[]) =>
    globSync(patterns, { cwd: ROOT })
      .filter((path) => !/test|fake/.test(path))
      .map((path) => readFileSync(join(ROOT, path), 'utf8'))
      .join('\n')
  /** Where texts are checked: a code that stands here has to stand on the page. */
  const checking = read([
    'lib/workflow/{parse,normalise,validate}*.ts',
    'lib/workflow/{expressions,templates}/*.ts',
    'lib/steps/*/definition.ts',
    'lib/steps/{people,values}.ts',
    'lib/schema/{gate,graph}.ts',
  ])
  const families = new Set([...diagnostics, ...failures].map((code) => code.split('.')[0]))

  it('that are told when a text is checked are listed', () => {
    const told = [...checking.matchAll(/'([a-z_]+)\.[a-z_]+'/g)].filter(([, family]) => families.has(family ?? ''))
    const codes = new Set(told.map(([literal]) => literal.slice(1, -1)))
    expect(codes.size).toBeGreaterThan(80)
    expect([...codes].filter((code) => ![...diagnostics, ...failures].includes(code))).toEqual([])
  })

  it('that stand on the page exist, and each stands there once', () => {
    const everything = read(['lib/**/*.ts', 'server/**/*.ts'])
    for (const codes of [diagnostics, failures]) {
      expect(codes.filter((code) => !CODE.test(code))).toEqual([])
      expect(codes.filter((code, i) => codes.indexOf(code) < i)).toEqual([])
      // The gate of schemas puts the family in front by itself.
      const unknown = codes.filter(
        (code) => !everything.includes(`'${code}'`) && !everything.includes(`'${code.replace('schema.', '')}'`),
      )
      expect(unknown).toEqual([])
    }
  })
})
