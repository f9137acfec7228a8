import { describe, expect, it } from 'vitest'
import { corpus } from '#lib/testing/corpus.ts'
import { cpuTime } from '#lib/testing/cpu-time.ts'
import { ExpressionError } from '../expressions/errors.ts'
import type { Scope } from '../scope.ts'
import { checkTemplate } from './check.ts'
import { encodeUrlSegment, jsonTextEncoder } from './encoders.ts'
import { renderTemplate, renderValue } from './render.ts'

const { attacks, benign } = corpus('template')
const scope: Scope = {
  roots: {
    inputs: { name: 'Sarah', a: 1 },
    steps: { calc: { output: { total: 5 } } },
    runtime: {},
    env: {},
    static: {},
  },
  now: '2026-03-04T05:06:07.000Z',
}

/** The rendered text, or null where it was refused. */
function rendered(template: string, at: Scope = scope): string | null {
  try {
    return renderTemplate(template, at)
  } catch (error) {
    if (error instanceof ExpressionError) return null
    throw error
  }
}

const named = (name: string): Scope => ({ ...scope, roots: { ...scope.roots, inputs: { name } } })

describe('hostile templates', () => {
  it('are all here', () => {
    expect(attacks.length).toBeGreaterThanOrEqual(23)
  })

  it.each(attacks.filter(({ why }) => !why.includes('AS DATA')))('$why', ({ payload, expect: expected }) => {
    let result: string | null = null
    const ms = cpuTime(() => {
      result = rendered(payload)
      checkTemplate(payload)
    })
    expect(ms).toBeLessThan(250)
    // A secret within text that is rendered for people is refused where no secrets are: there is no such namespace.
    if (expected === 'reject') expect(result).toBeNull()
    else expect([null, payload]).toContain(result)
  })

  // As data every payload is text that comes out as it went in, whatever it looks like.
  it.each(attacks)('as data: $why', ({ payload }) => {
    const at = named(payload)
    expect(rendered('{{ inputs.name }}|', at)).toBe(`${payload}|`)
    expect(renderValue({ n: '{{ inputs.name }}' }, at)).toEqual({ n: payload })
    const body = renderTemplate('{"n":"{{inputs.name}}","m":{{ inputs.name }}}', at, { encode: jsonTextEncoder() })
    expect(JSON.parse(body)).toEqual({ n: payload, m: payload })
    const url = new URL(renderTemplate('https://x.example/a/{{ inputs.name }}/b', at, { encode: encodeUrlSegment }))
    expect(url.pathname.split('/')).toHaveLength(4)
    expect([url.search, url.hash, url.host]).toEqual(['', '', 'x.example'])
  })
})

describe('ordinary templates', () => {
  it.each(benign)('$why', ({ payload }) => {
    expect(checkTemplate(payload)).toEqual([])
    expect(rendered(payload)).toBe(payload.includes('{{') ? 'Hello Sarah, your total is 5.' : payload)
  })
})
