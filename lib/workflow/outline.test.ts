import { describe, expect, it } from 'vitest'
import { workflowOutline } from './outline.ts'

describe('the outline of a text', () => {
  it('names each step with its first and last line', () => {
    const text = `name: A
steps:
  - id: ask
    type: form
    fields:
      - {key: topic}

  # What comes of it
  - id: draft
    type: ai_generate
    name: Write it
    prompt: |
      About {{ topic }}.
`
    expect(workflowOutline(text)).toEqual([
      { id: 'ask', type: 'form', name: null, line: 3, endLine: 6, depth: 0, branch: null },
      { id: 'draft', type: 'ai_generate', name: 'Write it', line: 9, endLine: 13, depth: 0, branch: null },
    ])
  })

  it('tells how deep a step stands inside others, and where a branch begins', () => {
    const text = `steps:
  - id: checks
    type: parallel
    branches:
      legal:
        - id: each
          type: for_each
          config:
            steps: [{id: deep}]
        - id: b
      price: [{id: quote}]
  - id: after
`
    expect(workflowOutline(text).map(({ id, depth, branch }) => [id, depth, branch])).toEqual([
      ['checks', 0, null],
      ['each', 1, 'legal'],
      ['deep', 2, null],
      ['b', 1, null],
      ['quote', 1, 'price'],
      ['after', 0, null],
    ])
  })

  it('reads JSON alike', () => {
    const text = '{"name": "A",\n "steps": [\n  {"id": "a", "type": "form"},\n  {"id": "b"}]}'
    expect(workflowOutline(text).map(({ id, line }) => [id, line])).toEqual([
      ['a', 3],
      ['b', 4],
    ])
  })

  it('keeps the steps it can tell apart in a text that is broken', () => {
    const text = 'name: A\nsteps:\n  - id: a\n    type: form\n    fie\n  - type: form\n  - id: c\n    prompt: "open\n'
    expect(workflowOutline(text).map(({ id }) => id)).toEqual(['a', 'c'])
  })

  it('is empty where there are no steps to speak of', () => {
    for (const text of ['', 'name: A', 'steps: 3', '- a', 'a: [', '&a *a'])
      expect(workflowOutline(text), text).toEqual([])
  })
})
