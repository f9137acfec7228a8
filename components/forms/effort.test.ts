import { describe, expect, it } from 'vitest'
import type { Field } from '#lib/workflow/definition.ts'
import { effortWords } from './effort.ts'

const field = (more: Partial<Field> = {}): Field => ({ key: 'a', type: 'string', label: 'A', required: true, ...more })

describe('what a form asks of whoever fills it in', () => {
  it('is said in questions and minutes', () => {
    expect(effortWords([field()])).toBe('One question. About a minute, no account needed.')
    expect(effortWords([field()], true)).toBe('One question. About a minute.')
    const many = [field(), field({ required: false }), ...Array.from({ length: 3 }, () => field({ multiline: true }))]
    expect(effortWords(many)).toBe('5 questions, 1 of them optional. About 3 minutes, no account needed.')
  })

  it('counts neither what is hidden nor a box that may stay empty as optional', () => {
    expect(effortWords([field({ required: false }), field({ type: 'hidden' })])).toContain('One question, all optional')
    expect(effortWords([field(), field({ type: 'boolean', required: false })])).toContain('2 questions. ')
  })
})
