import { describe, expect, it } from 'vitest'
import type { JsonObject } from '#lib/json.ts'
import type { Scope } from '#lib/workflow/scope.ts'
import { checkStored, renderStored, variablesOf } from './stored-template.ts'

const scope: Scope = {
  roots: { runtime: { audience: 'developers' }, static: { company: 'Acme' } },
  now: '2026-01-01T00:00:00.000Z',
}
const render = (content: string, variables: JsonObject = { topic: 'tea', tags: ['a', 'b'] }) =>
  renderStored(content, variables, scope)

describe('a stored prompt', () => {
  it.each([
    ['On {topic}.', 'On tea.'],
    ['As {"topic": "{topic}"}', 'As {"topic": "tea"}'],
    ['On {{ topic }}.', 'On tea.'],
    ['On {topic} for {{ audience }} at {{ static.company }}.', 'On tea for developers at Acme.'],
    ['{% for tag in tags %}{tag}{% if not loop.last %}, {% endif %}{% endfor %}', 'a, b'],
    ['{# {topic} #}{topic}', 'tea'],
    ['{% raw %}{topic} {{ topic }}{% endraw %} {topic}', '{topic} {{ topic }} tea'],
    ['A { brace } and {1} {{ topic }}', 'A { brace } and {1} tea'],
  ])('%s becomes %s', (content, rendered) => {
    expect(render(content)).toBe(rendered)
    expect(checkStored(content)).toEqual([])
  })

  it('prefers its variables to the context', () => {
    expect(render('{{ audience }}', { audience: 'cooks' })).toBe('cooks')
  })

  it('never looks again at what was inserted', () => {
    expect(render('{topic} {{ audience }}', { topic: '{audience} {{ static.company }}' })).toBe(
      '{audience} {{ static.company }} developers',
    )
  })

  it('names what is missing', () => {
    expect(() => render('On {nothing}.')).toThrow('nothing')
    expect(() => render('On {{ nothing }}.')).toThrow('nothing')
    expect(() => render('On {nothing} {{ topic }}.')).toThrow('nothing')
  })

  it('is checked before it is stored', () => {
    expect(checkStored('{% if topic %}open')).toMatchObject([{ code: 'template.syntax' }])
    expect(checkStored('{{ constructor( }}')).not.toEqual([])
    expect(checkStored('{ odd } {')).toEqual([])
  })

  it('tells its variables in their order, each once', () => {
    expect(variablesOf('{b} {a} {b} {1}')).toEqual(['b', 'a'])
    expect(variablesOf('{b} {{ a.name }} {% for x in list %}{x}{% endfor %} {{ static.company }}')).toEqual([
      'b',
      'a',
      'list',
    ])
  })
})
