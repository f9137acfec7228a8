import { describe, expect, it } from 'vitest'
import { stepCatalog } from '../steps/definitions.ts'
import { foldContext } from './context.ts'
import { createProgram } from './program.ts'
import { testData } from './testkit.ts'
import { canonical, flow } from './validate-testkit.ts'

const INPUTS = 'inputs: {type: object, properties: {topic: {type: string}}, required: [topic]}\nstart_step'
const context = (schema: string) => {
  const step = `id: draft\ntype: ai_generate\nprompt: x\noutput_schema: ${schema}`
  const program = createProgram(canonical(flow(step).replace('start_step', INPUTS)), stepCatalog)
  const output = { title: 'Tea', topic: 5, extra: true }
  const data = { ...testData(), inputs: { topic: 'tea', title: 7 } }
  return foldContext(program, {
    ...data,
    outputs: [{ path: 'root', step: 'draft', visit: 1, output, source: 'ai' }],
  })
}

describe('what merges into runtime', () => {
  it('is what was declared: what a model adds writes over nothing', () => {
    const { runtime, steps } = context('{type: object, properties: {title: {type: string}}}')
    expect(runtime).toEqual({ topic: 'tea', title: 'Tea' })
    expect(steps.draft).toEqual({ output: { title: 'Tea', topic: 5, extra: true } })
  })

  it('is declared in any part of a schema', () => {
    const parts =
      '{type: object, anyOf: [{properties: {title: {}}}, {$ref: "#/$defs/more"}], $defs: {more: {properties: {extra: {}}}}}'
    expect(context(parts).runtime).toEqual({ topic: 'tea', title: 'Tea', extra: true })
  })

  it('is everything where nothing was declared', () => {
    expect(context('{type: object}').runtime).toEqual({ topic: 5, title: 'Tea', extra: true })
  })
})
