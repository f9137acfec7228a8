import { afterEach, describe, expect, it } from 'vitest'
import type { JsonObject } from '#lib/json.ts'
import { execute, type Given } from '#lib/steps/api-call/testing.ts'
import { createEgress } from './egress.ts'
import { createHttpPort } from './http-port.ts'
import { type HttpSink, httpSink } from './sink.ts'

const closing: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const one of closing.splice(0)) await one.close()
})

async function sink(handler?: Parameters<typeof httpSink>[0]): Promise<HttpSink> {
  const made = await httpSink(handler)
  closing.push(made)
  return made
}

/** The step with the real client in front of it. */
async function executed(config: JsonObject, roots: Given['roots'], allow = ['127.0.0.1']) {
  const egress = createEgress({ allow })
  closing.push(egress)
  return (await execute(config, { ...(roots ? { roots } : {}), http: createHttpPort(egress) })).result
}

describe('an api_call on the wire', () => {
  it('arrives as it was written, with its key and request id', async () => {
    const cms = await sink(() => ({ status: 201, body: { id: 1 } }))
    const result = await executed(
      {
        method: 'POST',
        url: `${cms.url}/services/{{static.hook}}/{{topic}}`,
        query: { q: '{{topic}}' },
        headers: { Authorization: 'Bearer {{env.KEY}}' },
        body: { title: '{{topic}}', tags: '{{tags}}' },
      },
      { static: { hook: 'T00/B00' }, runtime: { topic: 'a/b é?', tags: ['x'] }, env: { KEY: 'canary-key' } },
    )
    expect(result).toMatchObject({ ok: true, output: { status: 201, body: { id: 1 } } })
    expect(cms.seen[0]).toMatchObject({
      method: 'POST',
      url: '/services/T00/B00/a%2Fb%20%C3%A9%3F?q=a%2Fb%20%C3%A9%3F',
      headers: {
        authorization: 'Bearer canary-key',
        'idempotency-key': 'run_1:root:call:1:1',
        'x-request-id': 'req_1',
        'content-type': 'application/json',
      },
      body: '{"title":"a/b é?","tags":["x"]}',
    })
  })

  it('does not hand its secrets on when the other side redirects', async () => {
    const other = await sink()
    const moved = await sink(({ url }) => ({
      status: url === '/307' ? 307 : 303,
      headers: { location: `${other.url}/end` },
    }))
    const roots = { env: { KEY: 'canary-key' } }
    const headers = { 'X-Token': '{{env.KEY}}' }
    const followed = await executed(
      { method: 'POST', url: `${moved.url}/303`, headers, body: { key: '{{env.KEY}}' } },
      roots,
    )
    expect(followed.ok).toBe(true)
    expect(JSON.stringify(other.seen)).not.toMatch(/canary|run_1/)
    const kept = await executed(
      { method: 'POST', url: `${moved.url}/307`, headers, body: { key: '{{env.KEY}}' } },
      roots,
    )
    expect(kept).toMatchObject({ ok: false, error: { code: 'http.redirect_refused' } })
    expect(other.seen).toHaveLength(1)
  })

  it('says which setting opens a private address', async () => {
    const cms = await sink()
    const result = await executed({ url: cms.url }, {}, [])
    expect(result).toMatchObject({ ok: false, error: { code: 'http.egress_refused', retryable: false } })
    expect(!result.ok && result.error.message).toContain('EGRESS_ALLOW')
    expect(cms.connections()).toBe(0)
  })
})
