import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { stepCatalog } from '#lib/steps/definitions.ts'
import { DIAGNOSTIC_CODES, type DiagnosticCode } from './diagnostic-codes.ts'
import { type Diagnostic, docsOf } from './diagnostics.ts'
import { applyEdits } from './edits.ts'
import { fixText } from './fix.ts'
import { validateWorkflow } from './validate.ts'
import { flow } from './validate-testkit.ts'

const page = readFileSync(new URL('../../docs/diagnostics.md', import.meta.url), 'utf8')
/** What the page says that the workspace has. */
const known = {
  statics: ['company', 'cms_key'],
  sensitive: ['cms_key'],
  secrets: ['CMS_API_KEY'],
  templates: ['blog_v1'],
}

interface Entry {
  readonly code: string
  readonly mistake: string | null
  readonly cured: string | null
}

const entries = page
  .split(/^### /m)
  .slice(1)
  .map((part): Entry => {
    const code = part.split('\n', 1)[0] ?? ''
    const lines = /^```diff\n([\s\S]*?)\n```$/m.exec(part)?.[1]?.split('\n')
    const text = (sign: string) =>
      lines?.flatMap((line) => (line[0] === ' ' || line[0] === sign ? [`${line.slice(1)}\n`] : [])).join('') ?? null
    return { code, mistake: text('-'), cured: text('+') }
  })
const examples = entries.flatMap(({ code, mistake, cured }) => (mistake && cured ? [{ code, mistake, cured }] : []))

const set = (id: string, value: string) => `id: ${id}\ntype: set\nvalues: {${id}: ${value}}`
const answer = (schema: object) => flow(`id: a\ntype: ai_generate\nprompt: x\noutput_schema: ${JSON.stringify(schema)}`)
const numbered = (n: number, make: (i: number) => [string, object]) =>
  Object.fromEntries(Array.from({ length: n }, (_, i) => make(i)))

/** Examples that would be too long to read. */
const LONG: Readonly<Partial<Record<DiagnosticCode, string>>> = {
  'workflow.too_many_steps': flow(...Array.from({ length: 501 }, (_, i) => set(`s${i}`, '1'))),
  'expression.too_long': flow(set('a', `"'${'x'.repeat(2_100)}'"`)),
  'schema.too_large': answer({ type: 'object', description: 'x'.repeat(66_000) }),
  'schema.too_deep': answer({
    $ref: '#/$defs/d0',
    $defs: numbered(202, (i) => [`d${i}`, i === 201 ? { type: 'string' } : { $ref: `#/$defs/d${i + 1}` }]),
  }),
  'schema.too_costly': answer({
    $ref: '#/$defs/d0',
    $defs: numbered(8, (i) => [
      `d${i}`,
      i === 7 ? { type: 'string' } : { anyOf: Array.from({ length: 8 }, () => ({ $ref: `#/$defs/d${i + 1}` })) },
    ]),
  }),
}
/** The text's own rule comes first: no workflow can hold such a key. */
const SHADOWED: ReadonlySet<string> = new Set(['schema.reserved_key'])

const told = (text: string) => validateWorkflow(text, stepCatalog, known).diagnostics
/** That triggers do nothing yet is told of right and wrong ones alike. */
const codesOf = (text: string, about: string) =>
  [...new Set(told(text).map(({ code }) => code))].filter((code) => code === about || code !== 'not_yet_effective')

describe('the page of diagnostics', () => {
  it('has every code that can be told, once, and no other', () => {
    expect(entries.map(({ code }) => code).toSorted()).toEqual([...DIAGNOSTIC_CODES].toSorted())
  })

  it('has an example of each, but for those too long to read', () => {
    const without = entries.filter(({ mistake }) => mistake === null).map(({ code }) => code)
    expect(without.toSorted()).toEqual([...Object.keys(LONG), ...SHADOWED].toSorted())
  })

  it.each(examples)('$code: the example gives it, and nothing else', ({ code, mistake }) => {
    expect(codesOf(mistake, code)).toEqual([code])
  })

  it.each(examples)('$code: the cure is accepted', ({ cured }) => {
    expect(codesOf(cured, '')).toEqual([])
  })

  it.each(Object.entries(LONG))('%s is told of a text that is too long to show', (code, text) => {
    expect(codesOf(text, code)).toEqual([code])
  })

  it('is where each code leads to, as GitHub names its headings', () => {
    expect(docsOf('step.unknown_target')).toBe('/docs/diagnostics#stepunknown_target')
    expect(new Set(DIAGNOSTIC_CODES.map(docsOf)).size).toBe(DIAGNOSTIC_CODES.length)
  })
})

const errors = (diagnostics: readonly Diagnostic[]) => diagnostics.filter(({ severity }) => severity === 'error')
const fixable = examples.flatMap(({ code, mistake }) => {
  const found = told(mistake).find((each) => each.code === code)
  return found?.fix ? [{ code, mistake, found, edits: found.fix.edits }] : []
})

describe('fixes', () => {
  it('are there for what the page says that one is', () => {
    const promised = page
      .split(/^### /m)
      .slice(1)
      .filter((part) => /\b(?:A|a) fix (?:puts|writes|removes|lets|ends)/.test(part))
      .map((part) => part.split('\n', 1)[0])
    const there = new Set(fixable.map(({ code }) => code))
    expect(promised.filter((code) => !there.has(code ?? ''))).toEqual([])
    expect(fixable.length).toBeGreaterThan(20)
  })

  it.each(fixable)('$code: cures it, and brings no error', ({ code, mistake, edits }) => {
    const after = told(applyEdits(mistake, edits))
    expect(after.map((each) => each.code)).not.toContain(code)
    expect(errors(after)).toEqual([])
  })

  it.each(fixable)(
    '$code: validate --fix applies it where nothing that is right changes its meaning',
    ({ code, mistake, found }) => {
      const { fixed, text, validation } = fixText(mistake, stepCatalog, known)
      const before = validateWorkflow(mistake, stepCatalog, known)
      if (found.severity === 'error') expect(fixed.map((each) => each.code)).toContain(code)
      else if (fixed.length === 0) expect(text).toBe(mistake)
      else expect(validation.definition).toEqual(before.definition)
    },
  )
})
