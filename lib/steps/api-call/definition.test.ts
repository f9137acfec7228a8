import { describe, expect, it } from 'vitest'
import { flow, judge } from '#lib/workflow/validate-testkit.ts'
import { stepOf } from '../testkit.ts'
import { type ApiCallConfig, apiCall } from './definition.ts'

const config = (yaml: string) => stepOf(`id: call\ntype: api_call\n${yaml}`).config as unknown as ApiCallConfig

describe('a call', () => {
  it('has the defaults of the language', () => {
    expect(config('url: https://a.co')).toEqual({
      method: 'GET',
      url: 'https://a.co',
      headers: {},
      query: {},
      timeout_ms: 30_000,
      success_when: null,
      response_schema: null,
      idempotent: false,
    })
    expect(apiCall.retry(config('url: https://a.co'))).toMatchObject({ max_attempts: 4, backoff_rate: 2, on: null })
  })

  it('keeps bodies of any kind', () => {
    expect(config('method: post\nurl: https://a.co\nbody: {a: [1, "{{ runtime.b }}"]}')).toMatchObject({
      method: 'POST',
      body: { a: [1, '{{ runtime.b }}'] },
    })
    expect(config('method: POST\nurl: https://a.co\nbody: null').body).toBeNull()
    expect(config('method: POST\nurl: https://a.co\nbody: text').body).toBe('text')
  })

  it('stands at api_response', () => {
    expect(apiCall.merge?.({ status: 200 })).toEqual({ api_response: { status: 200 } })
    expect(apiCall.output(config('url: https://a.co\nresponse_schema: {type: object}'))).toMatchObject({
      properties: { body: { type: 'object' } },
    })
  })

  it.each([
    'https://a.co/x?y=1',
    'http://localhost:1',
    '"{{ static.base }}/x"',
    '"https://{{ static.host }}/x"',
    'HTTPS://A.CO',
  ])('takes %s', (url) => {
    expect(judge(flow(`id: call\ntype: api_call\nurl: ${url}`)).errors).toEqual([])
  })

  it.each([
    ['no address', 'method: GET', "step.missing_key 'id'"],
    ['another scheme', 'url: ftp://a.co', "api_call.bad_url 'ftp://a.co'"],
    ['a file', 'url: file:///etc/passwd', "api_call.bad_url 'file:///etc/passwd'"],
    ['no host', 'url: https:///x', "api_call.bad_url 'https:///x'"],
    ['a path', 'url: /x', "api_call.bad_url '/x'"],
    ['a method that is none', 'url: https://a.co\nmethod: FETCH', "step.wrong_type 'FETCH'"],
    ['a header name that is none', 'url: https://a.co\nheaders: {"X Y": a}', `api_call.bad_header '"X Y"'`],
    ['a header of two lines', 'url: https://a.co\nheaders: {X: "a\\r\\nY: b"}', "api_call.bad_header 'X'"],
    ['a header that is a list', 'url: https://a.co\nheaders: {X: [a]}', "step.wrong_type 'X'"],
    ['headers that are a text', 'url: https://a.co\nheaders: X', "step.wrong_type 'X'"],
    ['a body that is not sent', 'url: https://a.co\nbody: {a: 1}', "api_call.body_not_sent 'body'"],
    ['a schema that is none', 'url: https://a.co\nresponse_schema: {type: strin}', "schema.x 'strin'"],
    ['a condition that is none', 'url: https://a.co\nsuccess_when: [a]', "condition.wrong_type 'success_when'"],
    ['idempotent that is none', 'url: https://a.co\nidempotent: maybe', "step.wrong_type 'maybe'"],
    ['a template that is none', 'url: "https://a.co/{{ * }}"', "expression.syntax '*'"],
  ])('refuses %s', (_, yaml, expected) => {
    expect(
      judge(flow(`id: call\ntype: api_call\n${yaml}`)).errors.map((e) => e.replace(/^schema\.\S+/, 'schema.x')),
    ).toEqual([expected])
  })
})
