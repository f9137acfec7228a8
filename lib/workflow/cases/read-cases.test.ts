import { describe, expect, it } from 'vitest'
import { stepCatalog } from '#lib/steps/definitions.ts'
import { HOUR } from '../../time.ts'
import { validateWorkflow } from '../validate.ts'
import { judge, only } from '../validate-testkit.ts'
import type { TestCase } from './case.ts'

const FLOW = `name: Flow
start_step: brief
static: {limit: 5}
inputs: [{key: topic, type: string}]
steps:
  - {id: brief, type: form, fields: [{key: title, type: text}, {key: amount, type: number}]}
  - {id: draft, type: ai_generate, prompt: Write., output_schema: {type: object, properties: {text: {type: string}}}}
  - {id: note, type: ai_generate, prompt: Note.}
  - {id: review, type: approval, approvers: [boss@company.com], on_revise: {to: draft, max: 2}}
  - {id: send, type: api_call, url: https://a.co}
  - {id: sub, type: workflow, workflow: Translate, output_key: translated}
  - {id: done, type: set, values: {outcome: "'sent'"}}
`
const withTest = (test: string) => `${FLOW}tests:\n  - ${test.trim().split('\n').join('\n    ')}\n`
const errors = (test: string) => judge(withTest(test)).errors

function read(test: string): TestCase {
  const { tests, diagnostics } = validateWorkflow(withTest(test), stepCatalog)
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  const [only] = tests
  if (!only) throw new Error('no test was read')
  return only
}

describe('a test is read', () => {
  it('with nothing but a name: then the run has to complete', () => {
    expect(read('name: happy')).toMatchObject({ name: 'happy', at: null, people: {}, expect: { status: 'completed' } })
  })

  it('without a warning, and as no part of the definition', () => {
    expect(judge(withTest('name: happy')).warnings).toEqual([])
    const [plain, tested] = [FLOW, withTest('name: happy')].map(
      (text) => validateWorkflow(text, stepCatalog).definition,
    )
    expect(tested).toEqual(plain)
  })

  it('with what people answer, in each of its forms', () => {
    const { people } = read(`name: people
people:
  Brief: {submit: {title: Tea}, after: 2h}
  review:
    - revise
    - {reject: Too long., by: boss@company.com, after_hours: 3}
    - silence`)
    expect(people.brief).toMatchObject({
      repeats: true,
      answers: [{ do: 'submit', values: { title: 'Tea' }, after_ms: 2 * HOUR }],
    })
    expect(people.review).toMatchObject({
      repeats: false,
      answers: [
        { do: 'decide', decision: 'revise', comment: '', by: null, after_ms: 0 },
        { do: 'decide', decision: 'reject', comment: 'Too long.', by: 'boss@company.com', after_ms: 3 * HOUR },
        { do: 'silence' },
      ],
    })
    expect(read('name: x\npeople: {brief: {title: Tea, amount: 3}}').people.brief?.answers).toEqual([
      { do: 'submit', values: { title: 'Tea', amount: 3 }, after_ms: 0 },
    ])
  })

  it('with what AI answers: a mode, the answer itself, what was recorded', () => {
    const { ai } = read(`name: ai
ai:
  draft: [schema_violation, {text: Tea is nice.}]
  note: Tea.`)
    expect(ai.draft?.answers).toEqual([
      { do: 'act', mode: 'schema_violation' },
      { do: 'say', text: '{"text":"Tea is nice."}' },
    ])
    expect(ai.note?.answers).toEqual([{ do: 'say', text: 'Tea.' }])
    expect(read('name: x\nai: {draft: {recorded: ["{broken"]}}').ai.draft).toMatchObject({
      repeats: false,
      answers: [{ do: 'say', text: '{broken' }],
    })
    expect(read('name: x\nai: {draft: {recorded: draft.json}}').ai.draft?.recorded).toBe('draft.json')
  })

  it('with what calls answer', () => {
    const { http, workflows } = read(`name: calls
http: {send: [{error: http.timeout}, success, {status: 201, headers: {X-Id: 7}, body: {id: 7}}]}
workflows: {sub: [{outputs: {text: Hallo}}, {error: No.}, {case: happy}]}`)
    expect(http.send?.answers).toMatchObject([
      { do: 'fail', code: 'http.timeout' },
      { do: 'succeed' },
      { do: 'reply', status: 201, headers: { 'x-id': '7' }, body: { id: 7 } },
    ])
    expect(workflows.sub?.answers).toEqual([
      { do: 'complete', outputs: { text: 'Hallo' } },
      { do: 'fail', message: 'No.' },
      { do: 'play', case: 'happy' },
    ])
  })

  it('with all that it expects', () => {
    const { expect: expected } = read(`name: all
expect:
  error: {code: approval.rejected, step: Review}
  path: [brief, draft]
  not_visited: [done]
  outputs: {a: 1}
  runtime: {outcome: sent}
  mails: [{to: boss@company.com, kind: approval_request, subject: Review, step: review, count: 2}]
  decisions: {review: [revise, {decision: reject, by: boss@company.com, comment: long}]}
  checks: [runtime.score > 80]`)
    expect(expected).toEqual({
      status: 'failed',
      error: { code: 'approval.rejected', step: 'review' },
      path: ['brief', 'draft'],
      not_visited: ['done'],
      outputs: { a: 1 },
      runtime: { outcome: 'sent' },
      mails: [{ to: 'boss@company.com', subject: 'Review', kind: 'approval_request', step: 'review', count: 2 }],
      decisions: { review: [{ decision: 'revise' }, { decision: 'reject', by: 'boss@company.com', comment: 'long' }] },
      checks: ['runtime.score > 80'],
    })
  })

  it('with a clock of its own', () => {
    expect(read('name: x\nat: 2026-03-02T09:00:00+01:00').at).toBe('2026-03-02T08:00:00.000Z')
  })
})

describe('a test is refused', () => {
  it.each([
    ['without a name', 'expect: {}', "test.missing_key 'expect'"],
    ['with a key of nobody', 'name: x\nexpects: {}', "test.unknown_key 'expects'"],
    ['with a step of nobody', 'name: x\npeople: {reveiw: approve}', "test.unknown_step 'reveiw'"],
    ['with a path of nobody', 'name: x\nexpect: {path: [brief, drat]}', "test.unknown_step 'drat'"],
    ['with a step of another kind', 'name: x\npeople: {draft: approve}', "test.wrong_step 'draft'"],
    ['with a step that needs nothing', 'name: x\nai: {done: success}', "test.wrong_step 'done'"],
    ['with a field of nobody', 'name: x\npeople: {brief: {titel: Tea}}', "test.unknown_field 'titel'"],
    ['with an input of nobody', 'name: x\ninputs: {topik: Tea}', "test.unknown_field 'topik'"],
    ['with a decision of nobody', 'name: x\npeople: {review: aprove}', "test.wrong_type 'aprove'"],
    ['with two decisions at once', 'name: x\npeople: {review: {approve: a, reject: b}}', "test.wrong_type 'review'"],
    ['with a time that is none', 'name: x\npeople: {review: {approve: a, after: soon}}', "duration.invalid 'soon'"],
    ['with no answers at all', 'name: x\npeople: {review: []}', "test.wrong_type 'review'"],
    ['with a constant of its own file', 'name: x\nstatic: {limit: 9}', "test.own_constant 'limit'"],
    ['with a status that is none', 'name: x\nexpect: {status: done}', "test.wrong_type 'done'"],
    ['with an error of what completes', 'name: x\nexpect: {status: completed, error: a.b}', "test.wrong_type 'a.b'"],
    ['with a kind of mail that is none', 'name: x\nexpect: {mails: [{kind: spam}]}', "test.wrong_type 'spam'"],
    [
      'with a check that is no expression',
      'name: x\nexpect: {checks: [boom(1)]}',
      "expression.unknown_function 'boom'",
    ],
    [
      'with a decision at what is no approval',
      'name: x\nexpect: {decisions: {brief: approve}}',
      "test.wrong_step 'brief'",
    ],
    ['with a reply that is none', 'name: x\nhttp: {send: {status: 42}}', "test.wrong_type '42'"],
    ['with an error beside a reply', 'name: x\nhttp: {send: {status: 200, error: http.tls}}', "test.wrong_type 'send'"],
    [
      'with a called workflow that does two things',
      'name: x\nworkflows: {sub: {outputs: {}, case: a}}',
      "test.wrong_type 'sub'",
    ],
    ['with a role that is none', 'name: x\nprofile: {user_role: king}', "test.wrong_type 'king'"],
    ['with a clock that is none', 'name: x\nat: yesterday', "test.wrong_type 'yesterday'"],
    ['with a recording that is none', 'name: x\nai: {draft: {recorded: 5}}', "test.wrong_type '5'"],
  ])('%s', (_, test, expected) => {
    expect(errors(test)).toEqual([expected])
  })

  it('where another one has its name', () => {
    expect(judge(`${FLOW}tests:\n  - {name: x}\n  - {name: x}\n`).errors).toEqual(["test.duplicate_name 'x'"])
  })

  it('with the nearest known name as a hint', () => {
    expect(only(withTest('name: x\nexpects: {}'), 'test.unknown_key').hint).toBe('Did you mean expect?')
    expect(only(withTest('name: x\npeople: {reveiw: approve}'), 'test.unknown_step').hint).toBe('Did you mean review?')
    expect(only(withTest('name: x\npeople: {draft: approve}'), 'test.wrong_step').message).toContain('under ai')
  })

  it('when it is no mapping, or tests are no list', () => {
    expect(judge(`${FLOW}tests: [hello]\n`).errors).toEqual(["test.wrong_type 'hello'"])
    expect(judge(`${FLOW}tests: {name: x}\n`).errors).toEqual(["test.wrong_type 'tests'"])
    expect(errors('name: x\npeople: [approve]')).toEqual(["test.wrong_type 'people'"])
  })
})
