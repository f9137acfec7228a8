import { describe, expect, it } from 'vitest'
import { ExpressionError } from '#lib/workflow/expressions/errors.ts'
import { canonical, flow, judge } from '#lib/workflow/validate-testkit.ts'
import { scopeOf, stepOf } from '../testkit.ts'
import { type WorkflowConfig, workflow } from './definition.ts'

const write = (yaml: string) => `id: sub\ntype: workflow\n${yaml}`
const call = (yaml: string) =>
  workflow.call(stepOf(write(yaml)).config as unknown as WorkflowConfig, scopeOf({ topic: 'tea', tags: ['a'], n: 3 }))

describe('a workflow is called', () => {
  it('by its name or id, with nothing unless told', () => {
    expect(call('workflow: Translate a text')).toEqual({ workflow: 'Translate a text', inputs: {} })
    expect(call('config: {workflow: wf_01}')).toEqual({ workflow: 'wf_01', inputs: {} })
  })

  it('with inputs that keep their types', () => {
    expect(
      call(
        'workflow: X\ninputs: {text: "About {{ topic }}", tags: "{{ tags }}", n: "{{ n }}", plain: topic, deep: {a: ["{{ n }}"], b: true}}',
      ),
    ).toMatchObject({
      inputs: { text: 'About tea', tags: ['a'], n: 3, plain: 'topic', deep: { a: [3], b: true } },
    })
  })

  it('not while an input is missing', () => {
    expect(() => call('workflow: X\ninputs: {text: "{{ nope }}"}')).toThrow(ExpressionError)
  })

  it.each([
    ['none', 'next: end', "step.missing_key 'id'"],
    ['an empty name', 'workflow: ""', `step.wrong_type '""'`],
    ['a name that is a template', 'workflow: "{{ name }}"', `step.wrong_type '"{{ name }}"'`],
    ['inputs that are a list', 'workflow: X\ninputs: [a]', "step.wrong_type 'inputs'"],
    ['a secret', 'workflow: X\ninputs: {key: "{{ secrets.KEY }}"}', "secret.not_allowed_here 'secrets.KEY'"],
  ])('never with %s', (_, yaml, expected) => {
    expect(judge(flow(write(yaml))).errors).toEqual([expected])
  })

  it('again, and no longer than its step says', () => {
    const text = flow(write('workflow: X\nretry: 2\ntimeout: 5m'))
    expect(judge(text)).toEqual({ errors: [], warnings: [] })
    expect(canonical(text).steps[0]).toMatchObject({ timeout_ms: 300_000, retry: { max_attempts: 3 } })
  })

  it('answers what nobody knows before', () => {
    expect(workflow.output({ workflow: 'X', inputs: {} })).toBeNull()
    const { errors, warnings } = judge(
      flow(write('workflow: X'), 'id: after\ntype: set\nvalues: {a: title, b: steps.sub.output.title}'),
    )
    expect(errors).toEqual([])
    expect(warnings).toEqual(["variable.unknown 'title'"])
  })
})
