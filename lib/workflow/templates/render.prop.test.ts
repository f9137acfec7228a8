import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { corpus } from '#lib/testing/corpus.ts'
import type { Json } from '../../json.ts'
import { jsonTextEncoder } from './encoders.ts'
import { renderTemplate, renderValue } from './render.ts'

const fragments = [
  '{{',
  '}}',
  '{%',
  '%}',
  '{#',
  '#}',
  '-',
  ' v ',
  'raw',
  'endraw',
  'set v = 1',
  '"',
  '\\',
  '\n',
  '\r',
  '🚀',
  '\ud800',
]
const hostile = fc.oneof(
  fc.array(fc.constantFrom(...fragments), { maxLength: 8 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary' }),
  fc.constantFrom(...corpus('template').attacks.map(({ payload }) => payload)),
)
const value = fc.oneof(hostile, fc.jsonValue({ stringUnit: 'binary', maxDepth: 3 }) as fc.Arbitrary<Json>)
// JSON does not tell -0 from 0.
const plain = (json: Json): Json => JSON.parse(JSON.stringify(json))

const at = (v: Json) => ({ roots: { runtime: { v } }, now: '2026-01-01T00:00:00.000Z' })

describe('whatever the value', () => {
  it('it is inserted once and never read as a template', () => {
    const template = '{{ v }}|{% set x = v %}{{ x }}|{% for c in [v] %}{{ c }}{% endfor %}|{{ [v] | join }}{{ "|" }}'
    fc.assert(
      fc.property(hostile, (v) => {
        expect(renderTemplate(template, at(v))).toBe(`${v}|${v}|${v}|${v}|`)
        expect(renderValue({ a: ['{{ v }}', 'x{{ v }}'] }, at(v))).toEqual({ a: [v, `x${v}`] })
      }),
      { numRuns: 2_000 },
    )
  })

  it('it keeps its type where it is the whole of a text', () => {
    fc.assert(
      fc.property(value, (v) => {
        const json = plain(v)
        expect(renderValue('{{ v }}', at(json))).toEqual(json)
        expect(renderValue(['{{- v -}}', { v: '{{ v if true else 1 }}' }], at(json))).toEqual([json, { v: json }])
      }),
    )
  })

  it('a JSON text stays JSON with the value in its place', () => {
    const template =
      '{"raw": {{ v }}, "in": "a{{ v }}b\\\\{{ v }}", "k": [{{ v }}, {"{{ v }}x": {{ v | tojson }}}], "t": "{{ v | tojson }}"}'
    fc.assert(
      fc.property(value, (v) => {
        const json = plain(v)
        const printed = renderTemplate('{{ v }}', at(json))
        const body: Record<string, Json> = JSON.parse(renderTemplate(template, at(json), { encode: jsonTextEncoder() }))
        expect(Object.keys(body)).toEqual(['raw', 'in', 'k', 't'])
        expect(body.raw).toEqual(json)
        expect(body.in).toBe(`a${printed}b\\${printed}`)
        expect(body.k).toEqual([json, Object.fromEntries([[`${printed}x`, json]])])
        expect(JSON.parse(String(body.t))).toEqual(json)
      }),
      { numRuns: 1_000 },
    )
  })
})
