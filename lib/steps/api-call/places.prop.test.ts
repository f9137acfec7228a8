import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { corpus } from '#lib/testing/corpus.ts'
import { ExpressionError } from '#lib/workflow/expressions/errors.ts'
import type { Scope } from '#lib/workflow/scope.ts'
import { buildBody } from './body.ts'
import { CallError } from './call-error.ts'
import { buildHeaders } from './headers.ts'
import { buildUrl } from './url.ts'

const fragments = [
  '/',
  '\\',
  '.',
  '..',
  '%2e',
  '%2f',
  '?',
  '#',
  '&',
  '=',
  '@',
  ':',
  ';',
  '\r\n',
  '\0',
  '"',
  "'",
  ' ',
  'a',
  '🚀',
  '\udc00',
]
const attacks = (['template', 'url', 'header', 'json'] as const).flatMap((area) => corpus(area).attacks)
const hostile = fc.oneof(
  fc.array(fc.constantFrom(...fragments), { maxLength: 6 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary' }),
  fc.constantFrom(...attacks.map(({ payload }) => payload)),
)

const given = (v: string, root: 'runtime' | 'static' | 'secrets' = 'runtime'): Scope => ({
  roots: { runtime: {}, [root]: { v } },
  now: '2026-01-01T00:00:00.000Z',
})

/** What was made; null where it was refused. */
function made<T>(make: () => T): T | null {
  try {
    return make()
  } catch (error) {
    if (error instanceof CallError || error instanceof ExpressionError) return null
    throw error
  }
}

const isDot = (segment: string) => segment === '.' || segment === '..'

describe('whatever the value', () => {
  it('in the path of a url it stays one segment, in the query one value, in the fragment behind it', () => {
    fc.assert(
      fc.property(hostile, (v) => {
        const built = made(() => buildUrl('https://h.example/a/{{ v }}/b?q={{ v }}&r=1#{{ v }}', given(v)))
        expect(built === null).toBe(isDot(v) || !v.isWellFormed())
        if (built === null) return
        const url = new URL(built.url)
        expect([url.origin, url.username]).toEqual(['https://h.example', ''])
        expect(url.pathname.split('/').map(decodeURIComponent)).toEqual(['', 'a', v, 'b'])
        expect([...url.searchParams]).toEqual([
          ['q', v],
          ['r', '1'],
        ])
        expect(decodeURIComponent(url.hash.slice(1))).toBe(v)
      }),
      { numRuns: 2_000 },
    )
  })

  it('beside a dot of the author it climbs nowhere', () => {
    fc.assert(
      fc.property(hostile, (v) => {
        const built = made(() => buildUrl('https://h.example/a/.{{ v }}/b', given(v)))
        if (built) expect(new URL(built.url).pathname.split('/')).toHaveLength(4)
      }),
    )
  })

  it('only of constants and secrets slashes survive, and no dot segment does', () => {
    fc.assert(
      fc.property(hostile, fc.constantFrom('static', 'secrets'), (v, root) => {
        const built = made(() => buildUrl(`https://h.example/a/{{ ${root}.v }}/b`, given(v, root)))
        const segments = v.split('/')
        expect(built === null).toBe(segments.some(isDot) || !v.isWellFormed())
        if (built === null) return
        const path = new URL(built.url).pathname
        expect(path.split('/').map(decodeURIComponent)).toEqual(['', 'a', ...segments, 'b'])
      }),
      { numRuns: 1_000 },
    )
  })

  it('in a header it begins no other one', () => {
    fc.assert(
      fc.property(hostile, (v) => {
        const built = made(() => buildHeaders({ 'X-Name': 'a {{ v }} b' }, given(v)))
        // biome-ignore lint/suspicious/noControlCharactersInRegex: what a header cannot hold
        const held = !/[\u0000-\u0008\u000a-\u001f\u007f]|[^\u0000-\u00ff]/.test(v)
        expect(built?.headers).toEqual(held ? { 'x-name': `a ${v} b` } : undefined)
      }),
      { numRuns: 1_000 },
    )
  })

  it('a body is JSON, or a form, with it in its place', () => {
    fc.assert(
      fc.property(hostile, (v) => {
        const text = buildBody('{"a": "x{{ v }}", "b": [{{ v }}]}', null, given(v))
        expect(JSON.parse(text.body ?? '')).toEqual({ a: `x${v}`, b: [v] })
        const object = buildBody({ a: 'x{{ v }}', b: ['{{ v }}'] }, null, given(v))
        expect(JSON.parse(object.body ?? '')).toEqual({ a: `x${v}`, b: [v] })
        const form = buildBody('a={{ v }}&b=1', 'application/x-www-form-urlencoded', given(v))
        expect([...new URLSearchParams(form.body ?? '')]).toEqual([
          ['a', v.toWellFormed()],
          ['b', '1'],
        ])
      }),
      { numRuns: 1_000 },
    )
  })
})
