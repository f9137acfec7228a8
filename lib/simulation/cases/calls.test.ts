import { describe, expect, it } from 'vitest'
import { DAY } from '#lib/time.ts'
import { libraryOf, play, told } from './testing.ts'

describe('calls', () => {
  const flow = `name: Calls
start_step: send
steps:
  - id: send
    type: api_call
    method: POST
    url: https://api.example.com/posts
    success_when: status == 201
    response_schema: {type: object, properties: {id: {type: integer}}, required: [id]}
    retry: {max_attempts: 3, interval: 10s}
    on_error: failed
    next: end
  - {id: failed, type: set, values: {outcome: "'failed'"}}
`
  it('get what is written, and are tried again where a repeat may help', async () => {
    const report = await play(
      flow,
      'name: x\nhttp: {send: [{error: http.timeout}, {status: 503}, {status: 201, body: {id: 7}}]}\nexpect: {path: [send], runtime: {api_response: {status: 201, body: {id: 7}}}}',
    )
    expect(told(report)).toEqual([])
    expect(report.took_ms).toBeGreaterThan(30_000)
  })

  it('are held to response_schema and success_when', async () => {
    for (const reply of ['{status: 201, body: {id: seven}}', '{status: 200, body: {id: 7}}', '{error: http.tls}'])
      expect(told(await play(flow, `name: x\nhttp: {send: ${reply}}\nexpect: {path: [send, failed]}`))).toEqual([])
  })

  it('are not tried again where a repeat cures nothing', async () => {
    const report = await play(
      flow,
      'name: x\nhttp: {send: [{error: http.tls}, success]}\nexpect: {path: [send, failed]}',
    )
    expect(told(report)).toEqual([])
  })

  it('succeed where that is all that matters', async () => {
    for (const answer of ['success', '[success]'])
      expect(told(await play(flow, `name: x\nhttp: {send: ${answer}}\nexpect: {path: [send]}`))).toEqual([])
  })
})

describe('workflows that steps call', () => {
  const parent = `name: Parent
start_step: sub
steps:
  - {id: sub, type: workflow, workflow: Child, inputs: {topic: Tea}, output_key: child, timeout: 10d}
outputs: {said: "{{ child.said }}"}
`
  const child = `name: Child
start_step: ask
inputs: [{key: topic, type: string, required: true}]
steps:
  - {id: ask, type: approval, approvers: [boss@company.com]}
outputs: {said: "{{ topic }}"}
tests:
  - {name: yes, inputs: {topic: Milk}, people: {ask: {approve: "", after: 3d}}}
  - {name: late, inputs: {topic: Milk}, people: {ask: {approve: "", after: 12d}}}
`
  const library = libraryOf([child])

  it('answer what is written', async () => {
    const report = await play(
      parent,
      'name: x\nworkflows: {sub: {outputs: {said: Hello}}}\nexpect: {outputs: {said: Hello}}',
    )
    expect(told(report)).toEqual([])
    const failed = await play(parent, 'name: x\nworkflows: {sub: {error: No.}}\nexpect: {error: workflow.failed}')
    expect(told(failed)).toEqual([])
  })

  it('are played themselves by a test of their own, on the same clock', async () => {
    const report = await play(
      parent,
      'name: x\nworkflows: {sub: {case: yes}}\nexpect: {outputs: {said: Tea}, mails: [{to: boss@company.com}]}',
      { library },
    )
    expect(told(report)).toEqual([])
    expect(report.took_ms).toBe(3 * DAY)
    const late = await play(parent, 'name: x\nworkflows: {sub: {case: late}}\nexpect: {error: step.timeout}', {
      library,
    })
    expect(told(late)).toEqual([])
    expect(late.took_ms).toBe(10 * DAY)
  })

  it('are canceled when the step that called them gives up', async () => {
    const flow = `name: Impatient
start_step: sub
steps:
  - {id: sub, type: workflow, workflow: Slow, timeout: 60h, on_error: rest}
  - {id: rest, type: delay, for: 5d}
`
    const slow = `name: Slow
start_step: ask
steps: [{id: ask, type: approval, approvers: [boss@company.com], reminder: 24h}]
tests: [{name: silent, people: {ask: silence}}]
`
    const report = await play(
      flow,
      'name: x\nworkflows: {sub: {case: silent}}\nexpect: {mails: [{kind: approval_reminder, count: 2}]}',
      { library: libraryOf([slow]) },
    )
    expect(told(report)).toEqual([])
  })

  it.each([
    ['nothing is written and it is not at hand', 'name: x', undefined, 'Add workflows: {sub: {outputs: {}}}.'],
    ['it is not at hand', 'name: x\nworkflows: {sub: {case: yes}}', undefined, 'which is not at hand here'],
    ['it has no such test', 'name: x\nworkflows: {sub: {case: no}}', library, 'has no test that is called no.'],
    ['it asks and nobody answers', 'name: x', library, 'In Child, called by sub: ask asks for a decision'],
  ])('fail the test where %s', async (_, test, at, expected) => {
    expect(told(await play(parent, test, at ? { library: at } : {}))).toEqual([expect.stringContaining(expected)])
  })
})
