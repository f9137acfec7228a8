import { describe, expect, it } from 'vitest'
import { stepCatalog } from '#lib/steps/definitions.ts'
import { workflowOutline } from '../outline.ts'
import { validateWorkflow } from '../validate.ts'
import { readWorkflow } from './read-workflow.ts'

const TEXT = `name: A
inputs:
  - {key: topic, type: string}
start_step: a
steps:
  - {id: a, type: set, values: {b: "{{ topic }}"}}
  - {id: c, type: set, values: {d: 1}}
`

describe('reading a workflow for an editor', () => {
  it('says of a valid text what it means', () => {
    const { diagnostics, graph, outline, inputs } = readWorkflow(TEXT, { catalog: stepCatalog })
    expect(diagnostics).toEqual([])
    expect(graph?.nodes.map(({ id }) => id)).toEqual(['a', 'c'])
    expect(outline.map(({ id, line }) => [id, line])).toEqual([
      ['a', 6],
      ['c', 7],
    ])
    expect(inputs?.fields.map(({ key }) => key)).toEqual(['topic'])
  })

  it.each([
    ['breaks off', `${TEXT}  - id: e\n    type: "s`],
    ['has an error', TEXT.replace('type: set', 'type: sett')],
    ['has a character that cannot be stored', `${TEXT}# \u0000\n`],
    ['is empty', ''],
  ])('keeps the outline of a text that %s, without a graph', (_, text) => {
    const { diagnostics, graph, outline, inputs } = readWorkflow(text, { catalog: stepCatalog })
    expect(diagnostics).toEqual(validateWorkflow(text, stepCatalog).diagnostics)
    expect(diagnostics.some(({ severity }) => severity === 'error')).toBe(true)
    expect([graph, inputs]).toEqual([null, null])
    expect(outline).toEqual(workflowOutline(text))
    expect(outline.map(({ id }) => id).slice(0, 2)).toEqual(text === '' ? [] : ['a', 'c'])
  })
})
