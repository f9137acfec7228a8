import { describe, expect, it } from 'vitest'
import { answer } from './answer.ts'

const value = (expr: string, data: string) => answer({ expr }, JSON.parse(data))

describe('data given by hand', () => {
  it('has its variables by their bare names and in runtime', () => {
    expect(value('score == runtime.score and score > 80', '{"score": 81}')).toEqual({ value: true })
    expect(value('[a, b, runtime.a]', '{"a": 1, "runtime": {"b": 2}}')).toEqual({ value: [1, 2, 1] })
    expect(value('a', '{"a": 1, "runtime": {"a": 2}}')).toEqual({ value: 2 })
  })
  it('has its namespaces where objects stand under their names', () => {
    const data = '{"inputs": {"a": 1}, "steps": {"x": {"output": {"n": 2}}}, "static": {"c": 3}, "secrets": {"T": "s"}}'
    expect(value('[inputs.a, steps.x.output.n, static.c, secrets.T]', data)).toEqual({ value: [1, 2, 3, 's'] })
    expect(value('secrets', data)).toMatchObject({ error: { code: 'expression.secret_by_name' } })
    expect(value('a', data)).toMatchObject({ error: { code: 'expression.unknown_variable' } })
  })
  it('may use the name of a namespace for anything else', () => {
    expect(value('item + run', '{"item": 1, "run": 2}')).toEqual({ value: 3 })
    expect(value('any(i > 1 for i in event)', '{"event": [1, 2]}')).toEqual({ value: true })
  })
  it('keeps keys that reach a prototype out of reach', () => {
    for (const key of ['__proto__', 'constructor', 'toString']) {
      const data = `{"${key}": {"a": 1}, "x": 1}`
      expect(value(key, data)).toMatchObject({ error: { code: 'expression.not_allowed' } })
      expect(value('a', data)).toMatchObject({ error: { code: 'expression.unknown_variable' } })
      expect(value('x', data)).toEqual({ value: 1 })
    }
    expect(({} as Record<string, unknown>).a).toBeUndefined()
  })
})

describe('an answer', () => {
  it('tells of an error where it is, in lines and columns as editors count them', () => {
    expect(answer({ expr: '"🚀" +\n  nope' }, {})).toMatchObject({ error: { line: 1, column: 1, length: 4 } })
    expect(answer({ expr: '1 +\n  nope' }, {})).toMatchObject({ error: { line: 2, column: 3, length: 4 } })
    expect(answer({ template: 'a\n🚀{{ x }}' }, {})).toMatchObject({
      error: { code: 'expression.unknown_variable', line: 2, column: 6, length: 1 },
    })
  })
  it('says what is wrong and what to do in one message', () => {
    expect(answer({ expr: 'x / 0' }, { x: 1 })).toMatchObject({
      error: { message: 'What is divided by is 0. Ask before: a / b if b != 0 else 0.' },
    })
  })
})
