import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type TestApp, testApp } from '#server/testing/app.ts'
import { getApp, holdApp } from './app.ts'
import { apiRoute, notFoundRoute } from './rest.ts'
import { listApiKeys, revokeApiKey } from './routes/api-keys.ts'
import { getOpenApi } from './routes/openapi.ts'
import { keyOf } from './testing.ts'

// As Next does it: a path without parameters comes with no object.
const context = (params?: Record<string, string>) => ({ params: Promise.resolve(params) })
const request = (method: string, headers: Record<string, string> = {}) =>
  new Request('http://x.invalid/api/v1/things', { method, headers })

describe('a route', () => {
  let app: TestApp

  beforeAll(async () => {
    app = await testApp({ CORS_ORIGINS: 'https://tools.example', LOG_LEVEL: 'silent' })
    holdApp(app)
  })
  afterEach(() => holdApp(app))
  afterAll(async () => {
    globalThis.scaffApp = undefined
    await app.drop()
  })

  it('serves the operations of its path', async () => {
    const { GET } = apiRoute(listApiKeys)
    const answer = await GET(request('GET', { 'x-api-key': await keyOf(app, 'admin') }), context())
    expect(answer.status).toBe(200)
  })

  it('takes parameters from the path', async () => {
    const { DELETE } = apiRoute(revokeApiKey)
    const headers = { 'x-api-key': await keyOf(app, 'admin') }
    const answer = await DELETE(request('DELETE', headers), context({ id: 'key_nowhere' }))
    expect([answer.status, (await answer.json()).code]).toEqual([404, 'api_key.not_found'])
  })

  it('says which methods it offers when it is asked for another', async () => {
    const answer = await apiRoute(listApiKeys).PUT(request('PUT'), context())
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET'])
    expect((await answer.json()).code).toBe('request.method_not_allowed')
  })

  it('answers what does not exist with a problem, whatever the method', async () => {
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const) {
      const answer = await notFoundRoute()[method](request(method), context())
      expect([answer.status, (await answer.json()).code]).toEqual([404, 'request.not_found'])
    }
  })

  it('answers a preflight, with permission only for listed origins', async () => {
    const { OPTIONS } = apiRoute(listApiKeys)
    const listed = await OPTIONS(request('OPTIONS', { origin: 'https://tools.example' }), context())
    expect(listed.status).toBe(204)
    expect(listed.headers.get('access-control-allow-methods')).toBe('GET')
    expect(listed.headers.get('access-control-allow-headers')).toContain('X-API-Key')
    const other = await OPTIONS(request('OPTIONS', { origin: 'https://other.example' }), context())
    expect(other.headers.get('access-control-allow-methods')).toBeNull()
  })

  it('describes itself', async () => {
    const answer = await apiRoute(getOpenApi).GET(request('GET'), context())
    expect(await answer.json()).toMatchObject({ openapi: '3.1.0', servers: [{ url: '/api/v1' }] })
  })

  it('asks to come again while the process starts', async () => {
    globalThis.scaffApp = undefined
    const answer = await apiRoute(listApiKeys).GET(request('GET'), context())
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2'])
    expect((await answer.json()).code).toBe('service.unavailable')
    expect(() => getApp()).toThrow('starting')
  })
})
