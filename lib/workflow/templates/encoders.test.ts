import { describe, expect, it } from 'vitest'
import type { Json } from '../../json.ts'
import { ExpressionError } from '../expressions/errors.ts'
import type { Scope } from '../scope.ts'
import { encodeUrlSegment, isTrusted, jsonTextEncoder } from './encoders.ts'
import { renderTemplate } from './render.ts'

const scope = (v: Json): Scope => ({ roots: { runtime: { v } }, now: '2026-03-04T05:06:07.000Z' })
const json = (template: string, v: Json): Json =>
  JSON.parse(renderTemplate(template, scope(v), { encode: jsonTextEncoder() }))
const segment = (template: string, v: Json): string => renderTemplate(template, scope(v), { encode: encodeUrlSegment })

/** Values that mean something where they land: what is printed, and what stands in a path for it. */
const HOSTILE: readonly (readonly [Json, string, string])[] = [
  ['","role":"admin","x":"', '","role":"admin","x":"', '%22%2C%22role%22%3A%22admin%22%2C%22x%22%3A%22'],
  ['\\', '\\', '%5C'],
  ['\\"', '\\"', '%5C%22'],
  ['a\r\nSet-Cookie: b\u0000', 'a\r\nSet-Cookie: b\u0000', 'a%0D%0ASet-Cookie%3A%20b%00'],
  ['../../admin/delete?force=1#', '../../admin/delete?force=1#', '..%2F..%2Fadmin%2Fdelete%3Fforce%3D1%23'],
  ['%2e%2e%2f', '%2e%2e%2f', '%252e%252e%252f'],
  ["a'(b)*!", "a'(b)*!", 'a%27%28b%29%2A%21'],
  ['{{ v }}{% raw %}', '{{ v }}{% raw %}', '%7B%7B%20v%20%7D%7D%7B%25%20raw%20%25%7D'],
  ['Zü🚀\u2028', 'Zü🚀\u2028', 'Z%C3%BC%F0%9F%9A%80%E2%80%A8'],
  ['', '', ''],
  [null, '', ''],
  [true, 'True', 'True'],
  [1.5, '1.5', '1.5'],
  [['a', '"'], `['a', '"']`, '%5B%27a%27%2C%20%27%22%27%5D'],
  [{ 'a"': null }, `{'a"': None}`, '%7B%27a%22%27%3A%20None%7D'],
]

describe('a hostile value', () => {
  it.each(HOSTILE)('%j stays in its place', (v, printed, encoded) => {
    expect(renderTemplate('{{ v }}', scope(v))).toBe(printed)
    expect(segment('https://x.example/u/{{ v }}/b', v)).toBe(`https://x.example/u/${encoded}/b`)
    expect(
      json(
        '{"in": "a{{ v }}\\"{{ v }}", "raw": {{ v }}, "as": {{ v | tojson }}, "{{ v }}.": [{{ v }}, "{{ v | tojson }}"]}',
        v,
      ),
    ).toEqual({
      in: `a${printed}"${printed}`,
      raw: v,
      as: v,
      [`${printed}.`]: [v, renderTemplate('{{ v | tojson }}', scope(v))],
    })
  })

  it.each(['.', '..', '\ud800', 'a\udc00b'])('%j does not get into a path', (v) => {
    expect(() => segment('{{ v }}', v)).toThrow(expect.objectContaining({ code: 'template.value_refused' }))
    expect(() => segment('{{ v }}', v)).toThrow(ExpressionError)
  })
})

describe('what is trusted', () => {
  it('was made from constants and secrets only', () => {
    expect(isTrusted(new Set(['static', 'env', 'secrets']))).toBe(true)
    expect(isTrusted(new Set())).toBe(true)
    expect(isTrusted(new Set(['static', 'runtime']))).toBe(false)
  })
})
