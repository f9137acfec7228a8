import { readFileSync } from 'node:fs'
import { isJsonObject, type Json } from '#lib/json.ts'
import { VALIDATION_CASES } from '#lib/schema/validation-cases.ts'
import { corpus } from '#lib/testing/corpus.ts'
import { goodTexts } from '#lib/testing/good-texts.ts'
import { HELPERS } from '#lib/workflow/expressions/helpers.ts'
import { DATA } from '#lib/workflow/expressions/testing/sketch.ts'
import { TESTS } from '#lib/workflow/expressions/tests.ts'
import { parseText } from '#lib/workflow/parse.ts'
import type { Scope } from '#lib/workflow/scope.ts'

/** What mutation begins with: good input of every kind, and the bad input of the corpus. */

const attacks = (area: Parameters<typeof corpus>[0]) => corpus(area).attacks.map(({ payload }) => payload)

export const workflows: readonly string[] = goodTexts().map(([, text]) => text)
export const workflowValues: readonly Json[] = workflows.map((text) => parseText(text).source?.value ?? null)
export const texts: readonly string[] = [...workflows, ...attacks('yaml'), ...attacks('json')]

const folder = new URL('../../../lib/workflow/', import.meta.url)
const recorded = (file: string): Json => JSON.parse(readFileSync(new URL(file, folder), 'utf8'))
/** Whatever else is written down with them: every text within what was recorded. */
const textsIn = (value: Json): string[] =>
  typeof value === 'string' ? [value] : typeof value === 'object' && value ? Object.values(value).flatMap(textsIn) : []
const jinja = recorded('templates/fixtures/jinja-pairs.json')

export const expressions: readonly string[] = [
  ...textsIn(recorded('expressions/fixtures/python-values.json')),
  ...attacks('expression'),
]
export const templates: readonly string[] = [
  ...textsIn(jinja).filter((text) => /\{[{%#]/.test(text)),
  ...attacks('template'),
]
export const schemas: readonly Json[] = [
  ...VALIDATION_CASES.map(({ schema }): Json => JSON.parse(JSON.stringify(schema))),
  ...[...corpus('schema').attacks, ...corpus('schema').benign].map(({ payload }): Json => JSON.parse(payload)),
]
export const values: readonly Json[] = [
  ...VALIDATION_CASES.flatMap(({ valid, invalid }) => [...valid, ...invalid.map(([value]) => value)]),
  ...workflowValues.slice(0, 3),
]
export const patterns: readonly string[] = [...attacks('regex'), '^[a-z]+(-[a-z]+)*$', '\\p{L}{2,30}', '(a|ab|abc)+x']

/** Data to evaluate on: what the recorded templates read, and names that must not lead anywhere. */
export const scope: Scope = {
  roots: {
    runtime: {
      ...(isJsonObject(jinja) && isJsonObject(jinja.context) ? jinja.context : {}),
      ...DATA,
      deep: Array.from({ length: 60 }).reduce<Json>((inner) => [inner], 'x'),
      long: 'ab🚀'.repeat(3_000),
      many: Array.from({ length: 2_000 }, (_, i) => i),
      key: '__proto__',
      odd: JSON.parse('{"valueOf": 1, "toString": "x", "length": 1e9, "then": {}, "toJSON": 1}'),
    },
    inputs: { a: 1, b: 'x' },
    static: { company: 'Acme' },
    steps: { draft: { output: { text: 'x', list: [1, 2] } } },
  },
  now: '2026-03-04T05:06:07.000Z',
}

/** What grammars are made of: put in anywhere, it makes input that is nearly right. */
export const tokens: readonly [string, ...string[]] = [
  '(',
  ...('( ) [ ] { } . , ? : | || && == != = < <= > + - * / % ! ~ ; ` => ... ?. \\ " \' # & @ $ ^' as string).split(' '),
  ...'{{ }} {% %} {# #} {%- -%} {{- -}} endif endfor else elif set raw endraw loop.index'.split(' '),
  ...'and or not in is if for x new this True None null true 1 0 -0 2.5 1e9 1e400 0x1 9n ~ --- ... << !!str !!js/function'.split(
    ' ',
  ),
  ...'&a *a *b |+ >- ? - %YAML __proto__ constructor prototype toString valueOf length'.split(' '),
  ...'runtime. steps. inputs. secrets.T env.X static. steps.draft.output [0] [-1] ["a"]'.split(' '),
  ...'$ref #/$defs/a # anyOf not items properties pattern (a+)+$ \\1 (?=a) [^ \\p{ {2000} $async'.split(' '),
  ...HELPERS.keys(),
  ...TESTS.keys(),
  '\n',
  '\r\n',
  '\t',
  '  ',
  '\u0000',
  '\u2028',
  '\u202e',
  '\ufeff',
  '\ud800',
  '🚀',
  'é',
]
