import { request as ask, createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestApp, testApp } from '#server/testing/app.ts'
import { restListener } from './rest-listener.ts'
import { keyOf } from './testing.ts'

describe('the API over HTTP', () => {
  let app: TestApp
  let server: Server
  let origin: string
  let key: string

  beforeAll(async () => {
    app = await testApp({ CORS_ORIGINS: 'https://tools.example', LOG_LEVEL: 'silent' })
    key = await keyOf(app, 'admin')
    const answer = restListener(app)
    server = createServer((request, response) => {
      if (!answer(request, response)) response.writeHead(404).end('a page')
    })
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(async () => {
    server.closeAllConnections()
    server.close()
    await app.drop()
  })

  const send = (method: string, path: string, more: { headers?: Record<string, string>; body?: string } = {}) =>
    fetch(`${origin}${path}`, { method, ...more, headers: { 'x-api-key': key, ...more.headers } })

  it.each(['/api/v1/api-keys', '/api/api-keys', '/v1/api-keys'])('answers at %s', async (path) => {
    const answer = await send('GET', path)
    expect(answer.status).toBe(200)
    expect((await answer.json()).api_keys).toMatchObject([{ name: 'admin key' }])
  })

  it('leaves pages to others', async () => {
    expect(await (await send('GET', '/runs')).text()).toBe('a page')
  })

  it('takes parameters from the path', async () => {
    const answer = await send('DELETE', '/api/v1/api-keys/key_nowhere')
    expect([answer.status, (await answer.json()).code]).toEqual([404, 'api_key.not_found'])
  })

  it('takes a body, and refuses one that is not JSON', async () => {
    const headers = { 'content-type': 'application/json' }
    const made = await send('POST', '/api/v1/api-keys', { headers, body: '{"name": "bot", "role": "viewer"}' })
    expect(made.status).toBe(201)
    const broken = await send('POST', '/api/v1/api-keys', { headers, body: '{"name": ' })
    expect([broken.status, (await broken.json()).code]).toEqual([400, 'request.malformed'])
  })

  it('says which methods it offers when it is asked for another', async () => {
    const answer = await send('PUT', '/api/v1/api-keys')
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, POST'])
    expect((await answer.json()).code).toBe('request.method_not_allowed')
  })

  it.each(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])(
    'answers %s of what does not exist with a problem',
    async (method) => {
      for (const path of ['/api/v1/nothing', '/api/v1', '/api/v1/executions/%zz']) {
        const answer = await send(method, path)
        expect([answer.status, (await answer.json()).code]).toEqual([404, 'request.not_found'])
      }
    },
  )

  it('answers HEAD as GET without the body', async () => {
    const answer = await send('HEAD', '/api/v1/api-keys')
    expect([answer.status, await answer.text()]).toEqual([200, ''])
  })

  it('answers a preflight, with permission only for listed origins', async () => {
    const listed = await send('OPTIONS', '/api/v1/api-keys', { headers: { origin: 'https://tools.example' } })
    expect(listed.status).toBe(204)
    expect(listed.headers.get('access-control-allow-methods')).toBe('GET, POST')
    expect(listed.headers.get('access-control-allow-headers')).toContain('X-API-Key')
    const other = await send('OPTIONS', '/api/v1/api-keys', { headers: { origin: 'https://other.example' } })
    expect(other.headers.get('access-control-allow-methods')).toBeNull()
  })

  it('describes itself, compressed for who takes that', async () => {
    const answer = await send('GET', '/api/v1/openapi.json')
    expect(answer.headers.get('content-encoding')).toBe('gzip')
    expect(await answer.json()).toMatchObject({ openapi: '3.1.0', servers: [{ url: '/api/v1' }] })
    const plain = await send('GET', '/api/v1/openapi.json', { headers: { 'accept-encoding': 'identity' } })
    expect(plain.headers.get('content-encoding')).toBeNull()
  })

  it('sends what happens at once, and ends with who listens', async () => {
    const closed = new Promise((done) => {
      server.once('request', (_request, response) => response.once('close', done))
    })
    const abort = new AbortController()
    const stream = await fetch(`${origin}/api/v1/executions/events`, {
      headers: { 'x-api-key': key, 'accept-encoding': 'gzip' },
      signal: abort.signal,
    })
    expect(stream.headers.get('content-encoding')).toBeNull()
    const first = await stream.body?.getReader().read()
    expect(new TextDecoder().decode(first?.value)).not.toBe('')
    abort.abort()
    await closed
  })

  it('takes no host from who asks', async () => {
    const status = await new Promise((answered, failed) => {
      ask(`${origin}/api/v1/nothing`, { headers: { host: 'evil example/<x>' } }, (answer) => {
        answer.resume()
        answered(answer.statusCode)
      })
        .on('error', failed)
        .end()
    })
    expect(status).toBe(404)
  })
})
