import { describe, expect, it } from 'vitest'
import { ExpressionError } from '../expressions/errors.ts'
import type { Scope } from '../scope.ts'
import recorded from './fixtures/jinja-pairs.json' with { type: 'json' }
import { renderTemplate } from './render.ts'

const scope: Scope = { roots: { runtime: recorded.context }, now: '2026-01-01T00:00:00.000Z' }

describe('templates equal what the real Jinja2 rendered, with StrictUndefined', () => {
  it('over enough of the language', () => {
    expect(recorded.pairs.length).toBeGreaterThan(120)
  })

  it.each(recorded.pairs)('$template', ({ template, output, error }) => {
    if (error !== undefined) expect(() => renderTemplate(template, scope)).toThrow(ExpressionError)
    else expect(renderTemplate(template, scope)).toBe(output)
  })
})
