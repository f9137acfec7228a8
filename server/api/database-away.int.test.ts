import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase } from '#server/db/client.ts'
import { type TestApp, testApp } from '#server/testing/app.ts'
import { holdApp } from './app.ts'
import { createApiKey, listApiKeys } from './routes/api-keys.ts'
import { call, keyOf } from './testing.ts'
import { serveTrpc } from './trpc-route.ts'

/** The way to a database, which can be cut and blocked. */
async function openWay(to: URL) {
  const open = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect(Number(to.port), to.hostname)
    for (const [one, other] of [[near, far] as const, [far, near] as const]) {
      open.add(one)
      one.pipe(other)
      // What breaks here is cut on both sides; its user is told by his own side.
      one.on('error', () => other.destroy())
      one.on('close', () => open.delete(one) && other.destroy())
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = new URL(to)
  const { port } = server.address() as AddressInfo
  url.port = String(port)
  return {
    url: url.href,
    /** Breaks all connections and lets none through before `comeBack`. */
    goAway() {
      server.close()
      for (const socket of open) socket.destroy()
    },
    async comeBack() {
      server.listen(port, '127.0.0.1')
      await once(server, 'listening')
    },
    async close() {
      for (const socket of open) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

describe('a request while the database is away', () => {
  let direct: TestApp
  let app: TestApp
  let way: Awaited<ReturnType<typeof openWay>>
  let key: string

  beforeAll(async () => {
    direct = await testApp()
    key = await keyOf(direct, 'admin')
    way = await openWay(new URL(direct.env.databaseUrl ?? ''))
    app = { ...direct, database: openDatabase(way.url, { max: 3, name: 'away' }) }
    holdApp(app)
  })
  afterAll(async () => {
    globalThis.scaffApp = undefined
    await app.database.close()
    await way.close()
    await direct.drop()
  })

  const query = async () => {
    const headers = { 'x-api-key': key }
    const response = await serveTrpc(new Request('http://x.invalid/api/trpc/apiKeys.list', { headers }))
    return { status: response.status, json: await response.json() }
  }

  it('that only reads is answered when the database is back', async () => {
    expect((await call(app, listApiKeys, { key })).status).toBe(200)
    way.goAway()
    const asked = [call(app, listApiKeys, { key }), query()]
    await new Promise((resolve) => setTimeout(resolve, 400))
    await way.comeBack()
    expect((await Promise.all(asked)).map(({ status }) => status)).toEqual([200, 200])
  })

  it('asks to come again when it stays away, and never calls it a defect', async () => {
    way.goAway()
    const [read, change, procedure] = await Promise.all([
      call(app, listApiKeys, { key }),
      call(app, createApiKey, { key, body: { name: 'later', role: 'viewer' } }),
      query(),
    ])
    await way.comeBack()
    for (const answer of [read, change]) {
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2'])
      expect(answer.json).toMatchObject({ code: 'service.unavailable', request_id: expect.any(String) })
      expect(answer.text).not.toMatch(/ECONN|CONNECTION|127\.0\.0\.1/)
    }
    expect(procedure.status).toBe(503)
    expect(procedure.json.error.data.problem).toMatchObject({ code: 'service.unavailable', retry_after: 2 })
    expect((await call(app, createApiKey, { key, body: { name: 'later', role: 'viewer' } })).status).toBe(201)
  })
})
