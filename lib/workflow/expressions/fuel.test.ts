import { describe, expect, it } from 'vitest'
import { cpuTime } from '#lib/testing/cpu-time.ts'
import type { Json } from '../../json.ts'
import type { Scope } from '../scope.ts'
import { renderTemplate, renderValue } from '../templates/render.ts'
import { ExpressionError } from './errors.ts'
import { evaluateExpression } from './evaluate.ts'

const long = 'a'.repeat(1_000_000)
const deep = (levels: number): Json => Array.from({ length: levels }).reduce<Json>((inner) => [inner], [])
const scope: Scope = {
  roots: {
    runtime: {
      long,
      twin: `${'a'.repeat(999_999)}b`,
      needle: `${'a'.repeat(2_500)}b${'a'.repeat(2_500)}`,
      list: Array.from({ length: 1_000 }, (_, i) => i),
      same: Array.from({ length: 1_000 }, () => 'x'.repeat(1_000)),
      objects: Array.from({ length: 2_000 }, (_, i) => ({ id: i })),
      deep: deep(300),
      other: deep(300),
      deeper: deep(20_000),
      shallow: deep(200),
    },
  },
  now: '2026-03-04T05:06:07.000Z',
}

function refusal(run: () => unknown): { code: string; ms: number } {
  let code = 'it was evaluated'
  const ms = cpuTime(() => {
    try {
      run()
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error
      code = error.code
    }
  })
  return { code, ms }
}

describe('fuel', () => {
  it.each([
    'any(any(any(x + y < 0 for x in list) for y in list) for z in list)',
    'len(range(100001))',
    'sum(range(90000))',
    'any(long == twin for x in list)',
    'any(twin < long for x in list)',
    'needle in long',
    'contains(long, needle)',
    'replace(long, needle, "")',
    'split(long, needle)',
    'any(upper(long) == "" for x in list)',
    'any(long[-1] == "b" for x in list)',
    'any(len(sort(same)) == 0 for x in list)',
    'len(unique(objects))',
    'replace(long, "a", "aa")',
    'join(same, long)',
    'any(len(split(long, "a")) == 1 for x in list)',
    'string([long, long])',
    'tojson([same, same])',
    '[same, same]',
    'any(string(same) == "" for x in list)',
  ])('stops %s', (source) => {
    const { code, ms } = refusal(() => evaluateExpression(source, scope))
    expect(code).toBe('expression.fuel')
    expect(ms).toBeLessThan(250)
  })

  it.each([
    '{% for a in list %}{% for b in list %}{% endfor %}{% endfor %}',
    '{% for a in list %}{% for b in list %}x{% endfor %}{% endfor %}',
    '{% set a = list %}{% for x in range(20) %}{% set a = [a, a] %}{% endfor %}{% for x in range(9999) %}{{ list }}{% endfor %}',
    `{% set a = [list, list] %}{% set b = [a, a] %}{% set c = [b, b] %}{% set d = [c, c] %}{% set e = [d, d] %}{% set f = [e, e, e, e] %}{{ f }}`,
    '{{ long }}{{ long }}',
    `{% for a in list %}${'text '.repeat(250)}{% endfor %}`,
  ])('stops %s', (template) => {
    const { code, ms } = refusal(() => renderTemplate(template, scope))
    expect(code).toBe('expression.fuel')
    expect(ms).toBeLessThan(250)
  })

  it.each([
    'deep == other',
    'tojson(deep)',
    'string(deep)',
    '[deeper]',
    'deeper | tojson',
    'unique([deep, other])',
    'deep in [other]',
  ])('refuses data that is nested too deeply: %s', (source) => {
    expect(refusal(() => evaluateExpression(source, scope)).code).toBe('expression.too_deep')
  })

  it('leaves ordinary work alone', () => {
    expect(evaluateExpression('len(long)', scope)).toBe(1_000_000)
    expect(evaluateExpression('any(x > 998 for x in list) and all(x < 1000 for x in list)', scope)).toBe(true)
    expect(evaluateExpression('len(tojson(shallow))', scope)).toBe(402)
    expect(renderTemplate('{{ long }}', scope)).toBe(long)
    expect(
      renderTemplate(
        '{% for x in list %}{{ loop.index }}. {{ x }}{% if not loop.last %}\n{% endif %}{% endfor %}',
        scope,
      ),
    ).toMatch(/^1\. 0\n2\. 1\n[\s\S]*1000\. 999$/)
    expect(renderValue('{{ deeper }}', scope)).toBe(scope.roots.runtime?.deeper)
  })

  it('does not depend on the machine: the same input is refused at the same place each time', () => {
    const source = 'len(range(49999)) == 1 or len(range(49999)) == 1 or len(range(49999)) == 1'
    const offsets = Array.from({ length: 3 }, () => {
      try {
        return evaluateExpression(source, scope)
      } catch (error) {
        return error instanceof ExpressionError ? error.offset : error
      }
    })
    expect(new Set(offsets).size).toBe(1)
    expect(offsets[0]).toBeTypeOf('number')
  })

  it('parses a template of the greatest size in time', () => {
    const template = '{{ a }}'.repeat(Math.floor((256 * 1_024) / 7))
    expect(refusal(() => renderTemplate(template, scope)).ms).toBeLessThan(1_000)
  })
})
