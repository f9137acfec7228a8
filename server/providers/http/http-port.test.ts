import { once } from 'node:events'
import { createServer } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import type { HttpRequest } from '#lib/steps/kit.ts'
import { createEgress } from './egress.ts'
import { createHttpPort } from './http-port.ts'
import { httpSink, type SinkAnswer, type SunkRequest } from './sink.ts'

const closing: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const one of closing.splice(0)) await one.close()
})

async function answers(handler: (request: SunkRequest) => SinkAnswer | Promise<SinkAnswer>) {
  const sink = await httpSink(handler)
  const egress = createEgress({ allow: ['127.0.0.1'], maxBytes: 1_000 })
  closing.push(egress, sink)
  const port = createHttpPort(egress)
  const call = (more: Partial<HttpRequest> = {}) =>
    port.request({
      method: 'GET',
      url: sink.url,
      headers: {},
      body: null,
      timeout_ms: 5_000,
      signal: new AbortController().signal,
      ...more,
    })
  return { sink, call }
}

describe('what a step gets from the outside', () => {
  it('is status, headers and text', async () => {
    const { sink, call } = await answers(() => ({ status: 201, headers: { 'x-a': ['1', '2'] }, body: { id: 7 } }))
    const answer = await call({ method: 'POST', body: '{"n":1}', headers: { 'content-type': 'application/json' } })
    expect(answer).toMatchObject({ ok: true, status: 201, body: '{"id":7}' })
    expect(answer.ok && answer.headers).toMatchObject({ 'x-a': '1, 2', 'content-type': 'application/json' })
    expect(sink.seen[0]).toMatchObject({ method: 'POST', body: '{"n":1}' })
  })

  it('comes after whoever asked for it was told, and not at all if that fails', async () => {
    const { sink, call } = await answers(() => ({ status: 307, headers: { location: '/' } }))
    let told = 0
    const before_send = async () => {
      told++
      expect(sink.connections()).toBe(0)
    }
    expect(await call({ before_send })).toMatchObject({ ok: false, error: { code: 'http.too_many_redirects' } })
    expect([told, sink.seen.length]).toEqual([1, 4])
    const lost = new Error('the lease is over')
    await expect(call({ before_send: () => Promise.reject(lost) })).rejects.toBe(lost)
    expect(sink.seen).toHaveLength(4)
  })

  it('may be empty', async () => {
    const { call } = await answers(() => ({ status: 204 }))
    expect(await call()).toMatchObject({ ok: true, status: 204, body: '' })
  })

  it('may be only about a body that is too long to be read', async () => {
    const { call } = await answers(() => ({ headers: { 'content-length': '9999999' } }))
    const answer = await call({ method: 'HEAD' })
    expect(answer).toMatchObject({ ok: true, status: 200, body: '' })
    expect(answer.ok && answer.headers['content-length']).toBe('9999999')
  })

  it('is read in the charset it names and unpacked when it is compressed', async () => {
    const latin = await answers(() => ({
      headers: { 'content-type': 'text/plain; charset=iso-8859-1' },
      body: Buffer.from('Grüße', 'latin1'),
    }))
    expect(await latin.call()).toMatchObject({ body: 'Grüße' })
    const packed = await answers(() => ({ headers: { 'content-encoding': 'gzip' }, body: gzipSync('hello') }))
    const answer = await packed.call()
    expect(answer).toMatchObject({ ok: true, body: 'hello' })
    expect(answer.ok && answer.headers).not.toHaveProperty('content-encoding')
  })

  it('has a bound, announced, streamed or packed', async () => {
    const bodies: SinkAnswer[] = [
      { body: 'x'.repeat(1_001) },
      { headers: { 'transfer-encoding': 'chunked' }, body: 'x'.repeat(1_001) },
      { headers: { 'content-encoding': 'gzip' }, body: gzipSync('x'.repeat(100_000)) },
    ]
    for (const body of bodies) {
      const { call } = await answers(() => body)
      expect(await call()).toMatchObject({ ok: false, error: { code: 'http.too_large', retryable: false } })
    }
    const { call } = await answers(() => ({ body: 'x'.repeat(1_000) }))
    expect(await call()).toMatchObject({ ok: true })
  })

  it('ends with the deadline, while the answer begins and while the body comes', async () => {
    const { call } = await answers(() => new Promise(() => {}))
    const late = await call({ timeout_ms: 60 })
    expect(late).toMatchObject({ ok: false, error: { code: 'http.timeout', retryable: true } })
    expect(!late.ok && late.error.message).toContain('0.06 s')

    const dripping = createServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nx')
    })
    dripping.listen(0, '127.0.0.1')
    await once(dripping, 'listening')
    const address = dripping.address()
    const port = typeof address === 'object' && address ? address.port : 0
    expect(await call({ timeout_ms: 60, url: `http://127.0.0.1:${port}/` })).toMatchObject({
      error: { code: 'http.timeout' },
    })
    dripping.close()
  })

  it('rejects with the reason of the abort, so that a canceled step is not taken for a slow server', async () => {
    const { call } = await answers(() => new Promise(() => {}))
    const control = new AbortController()
    const reason = new Error('canceled')
    const pending = call({ signal: control.signal })
    control.abort(reason)
    await expect(pending).rejects.toBe(reason)
    await expect(call({ signal: control.signal })).rejects.toBe(reason)
  })

  it('says when nobody listens, when a name is unknown and when the answer breaks off', async () => {
    const { sink, call } = await answers(() => ({}))
    await sink.close()
    const refused = await call()
    expect(refused).toMatchObject({ ok: false, error: { code: 'http.network', retryable: true } })
    expect(!refused.ok && refused.error.message).toContain('refused the connection')

    const egress = createEgress({
      allow: [],
      resolver: async () => Promise.reject(Object.assign(new Error('nope'), { code: 'ENOTFOUND' })),
    })
    closing.push(egress)
    const unknown = await createHttpPort(egress).request({
      method: 'GET',
      url: 'https://nowhere.example.org/',
      headers: {},
      body: null,
      timeout_ms: 1_000,
      signal: new AbortController().signal,
    })
    expect(unknown).toMatchObject({ error: { code: 'http.network' } })
    expect(!unknown.ok && unknown.error.message).toContain('nowhere.example.org cannot be resolved')
  })

  it('says when a header cannot be sent', async () => {
    const { sink, call } = await answers(() => ({}))
    const refused: Record<string, string>[] = [{ 'x-a': 'a\r\nX-Injected: 1' }, { 'bad name': 'x' }]
    for (const headers of refused) {
      expect(await call({ headers })).toMatchObject({ error: { code: 'http.request_invalid', retryable: false } })
    }
    expect(sink.connections()).toBe(0)
  })
})
