import { describe, expect, it } from 'vitest'
import { ExpressionError } from '../expressions/errors.ts'
import { placeholders, renderStoredPrompt } from './stored-prompt.ts'

describe('stored prompts', () => {
  it('fill in the given variables', () => {
    expect(renderStoredPrompt('Write about {topic} for {audience}.', { topic: 'AI', audience: 'developers' })).toBe(
      'Write about AI for developers.',
    )
  })
  it('print values as templates do', () => {
    expect(renderStoredPrompt('{a} {b} {c}|', { a: [1, 'x'], b: true, c: null })).toBe("[1, 'x'] True |")
  })
  it('never look again at what was inserted', () => {
    expect(renderStoredPrompt('{a}{b}', { a: '{b}', b: '{{c}}' })).toBe('{b}{{c}}')
  })
  it('write a name in braces with two of them, and leave every other brace alone', () => {
    expect(renderStoredPrompt('{{topic}} {"a": {b}, "c": {"d": {}}} { topic }', { b: 1 })).toBe(
      '{topic} {"a": 1, "c": {"d": {}}} { topic }',
    )
  })
  it('miss a variable with its line', () => {
    expect(() => renderStoredPrompt('a\n{topic}', {})).toThrow(ExpressionError)
    expect(() => renderStoredPrompt('a\n{topic}', {})).toThrow(
      'Line 2: the prompt needs topic, which is not among its variables.',
    )
  })
  it('reach own values only', () => {
    expect(() => renderStoredPrompt('{constructor}', {})).toThrow(ExpressionError)
    expect(() => renderStoredPrompt('{__proto__}', {})).toThrow(ExpressionError)
  })
  it('name their placeholders once each', () => {
    expect(placeholders('{a} {b} {a} {{c}} {1} {d e}')).toEqual(['a', 'b'])
  })
})
