import { describe, expect, it } from 'vitest'
import type { Field } from '#lib/workflow/definition.ts'
import { boundsHelp, inputHints, problemSentence } from './field-hints.ts'

const field = (more: Partial<Field>): Field => ({
  key: 'topic',
  type: 'string',
  label: 'Topic',
  required: true,
  ...more,
})

describe('what helps whoever fills in a field', () => {
  it('gives numbers the right keyboard without the pitfalls of a number control', () => {
    expect(inputHints(field({ type: 'integer' }))).toEqual({ type: 'text', inputMode: 'numeric' })
    expect(inputHints(field({ type: 'number' }))).toEqual({ type: 'text', inputMode: 'decimal' })
  })

  it('offers completion where the name says what is meant', () => {
    expect(inputHints(field({ key: 'First_Name' })).autoComplete).toBe('given-name')
    expect(inputHints(field({ key: 'constructor' }))).toEqual({ type: 'text' })
  })

  it('tells bounds in words', () => {
    expect(boundsHelp(field({ type: 'number', minimum: 500, maximum: 3000 }))).toBe('Between 500 and 3000')
    expect(boundsHelp(field({ maximum: 40 }))).toBe('At most 40 characters')
    expect(boundsHelp(field({}))).toBeUndefined()
  })

  it('reads a length out of a pattern that says nothing else', () => {
    expect(boundsHelp(field({ pattern: '^.{3,100}$' }))).toBe('3 to 100 characters')
    expect(boundsHelp(field({ pattern: '^.{3,}$' }))).toBe('At least 3 characters')
    expect(boundsHelp(field({ pattern: '^[a-z]{3,100}$' }))).toBeUndefined()
  })

  it('never shows a pattern to the person who answers', () => {
    const message = 'must match the pattern ^A-\\d+$'
    expect(problemSentence(field({ pattern: '^A-\\d+$' }), message)).toBe('Topic does not have the expected form')
    expect(problemSentence(field({ pattern: '^A-\\d+$', help: 'As on the invoice' }), message)).toBe(
      'Topic does not have the expected form: As on the invoice',
    )
    expect(problemSentence(field({ type: 'number' }), 'must be a number or null, not text')).toBe(
      'Topic must be a number, not text',
    )
    expect(problemSentence(field({}), 'is required')).toBe('Topic is required')
  })
})
