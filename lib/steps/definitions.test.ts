import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { flow, judge } from '#lib/workflow/validate-testkit.ts'
import { stepCatalog } from './definitions.ts'

const types = stepCatalog.list()

/** What every room owes to editors, docs and the core. */
describe.each(types)('the room $type', (room) => {
  const shape: Readonly<Record<string, z.ZodType>> = room.config instanceof z.ZodObject ? room.config.shape : {}

  it('is found by its name', () => {
    expect(stepCatalog.get(room.type)).toBe(room)
  })

  it('has an example that validates without a warning', () => {
    const text = flow(room.example).replace(
      'start_step',
      'inputs: [{key: topic, required: true}, {key: score, type: number, required: true}]\nstart_step',
    )
    const { errors, warnings } = judge(text)
    expect(errors).toEqual([])
    expect(warnings.filter((warning) => !warning.startsWith('runtime.collision'))).toEqual([])
  })

  it('says what each of its parameters is', () => {
    expect(Object.keys(shape)).not.toEqual([])
    for (const [key, parameter] of Object.entries(shape)) expect(parameter.meta()?.title, key).toBeTypeOf('string')
    expect(room.label).not.toBe('')
    expect(room.summary).toMatch(/\.$/)
    expect(room.docs).not.toBe('')
  })

  it('gives aliases only to keys it has, and none of them is later', () => {
    for (const key of Object.values(room.aliases)) expect(Object.keys(shape)).toContain(key)
    for (const key of room.later) expect(Object.keys(shape)).not.toContain(key)
  })
})

it('knows no type that is only inherited', () => {
  expect(stepCatalog.get('constructor')).toBeUndefined()
  expect(stepCatalog.get('noop')).toBeUndefined()
})

it('are in the order of lists', () => {
  expect(types.map((room) => room.type)).toEqual([
    'form',
    'ai_generate',
    'conditional',
    'api_call',
    'approval',
    'set',
    'delay',
    'workflow',
    'parallel',
    'for_each',
  ])
})
