import { describe, expect, it } from 'vitest'
import { completions, labels } from './testing.ts'

const FLOW = `name: Flow
start_step: brief
steps:
  - {id: brief, type: form, fields: [{key: topic, type: text}]}
  - {id: draft, type: ai_generate, prompt: Write.}
  - id: checks
    type: parallel
    branches: {legal: [{id: inner, type: approval, approvers: [a@x.co]}]}
  - {id: review, type: approval, approvers: [boss@company.com]}
  - {id: send, type: api_call, url: https://a.co}
tests:
  - name: happy
`
const inTest = (lines: string) => labels(`${FLOW}    ${lines.split('\n').join('\n    ')}`)

describe('in a test, completion offers', () => {
  it('the keys it has not yet', () => {
    expect(inTest('|')).toEqual(['inputs', 'static', 'profile', 'at', 'people', 'ai', 'http', 'workflows', 'expect'])
    expect(inTest('expect:\n  |')).toContain('not_visited')
    expect(inTest('profile:\n  user|')).toEqual(['user_id', 'user_email', 'user_role'])
  })

  it.each([
    ['people', ['brief', 'inner', 'review']],
    ['ai', ['draft']],
    ['http', ['send']],
  ])('under %s the steps that ask there, those inside others too', (key, steps) => {
    expect(inTest(`${key}:\n  |`)).toEqual(steps)
  })

  it('what a step may be answered', () => {
    expect(inTest('people:\n  review: |')).toEqual(expect.arrayContaining(['approve', 'reject', 'revise', 'silence']))
    expect(inTest('people:\n  review:\n    a|')).toEqual(expect.arrayContaining(['approve', 'after']))
    expect(inTest('ai:\n  draft: s|')).toEqual(expect.arrayContaining(['success', 'schema_violation']))
    expect(inTest('http:\n  send:\n    error: http.tl|')).toEqual(['http.tls'])
  })

  it('steps where a path is expected, and words where there are only some', () => {
    expect(inTest('expect:\n  path: [brief, |]')).toEqual(expect.arrayContaining(['draft', 'review', 'inner']))
    expect(inTest('expect:\n  status: |')).toEqual(['completed', 'failed', 'waiting'])
    expect(inTest('expect:\n  mails:\n    - kind: approval_r|')).toEqual(['approval_request', 'approval_reminder'])
    expect(inTest('expect:\n  decisions:\n    |')).toEqual(['inner', 'review'])
  })

  it('no other spelling of how long somebody takes', () => {
    const after = completions(`${FLOW}    people:\n      review:\n        after|`).map(({ label }) => label)
    expect(after).toContain('after')
    expect(after).not.toContain('after_hours')
  })
})
