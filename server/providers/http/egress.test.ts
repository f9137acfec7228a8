import { connect } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { corpus } from '#lib/testing/corpus.ts'
import type { Dial } from './connect.ts'
import { createEgress, type Egress, type EgressOptions } from './egress.ts'
import { EgressError } from './egress-error.ts'
import { type HttpSink, httpSink, type SinkAnswer, type SunkRequest } from './sink.ts'

const PUBLIC = '93.184.216.34'

/** What a resolver would answer for the names of the corpus. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  localhost: ['127.0.0.1', '::1'],
  'foo.localhost': ['127.0.0.1'],
  '127.0.0.1.nip.io': ['127.0.0.1'],
  'metadata.google.internal': ['169.254.169.254'],
  postgres: ['172.18.0.2'],
  'host.docker.internal': ['192.168.65.254'],
}
const resolver = async (host: string) => NAMES[host] ?? [PUBLIC]

const closing: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const one of closing.splice(0)) await one.close()
})

function egress(options: Partial<EgressOptions> = {}): Egress {
  const made = createEgress({ allow: [], resolver, ...options })
  closing.push(made)
  return made
}

async function sink(
  handler?: (request: SunkRequest, count: number) => SinkAnswer | Promise<SinkAnswer>,
): Promise<HttpSink> {
  const made = await httpSink(handler)
  closing.push(made)
  return made
}

/** Looks names up as the real one does, notes where the socket would go, and goes to `canary` instead. */
function dialTo(canary: HttpSink, dialled: string[]): Dial {
  return (lookup) => (options, callback) => {
    lookup(options.hostname, { all: true }, (error, found) => {
      if (error) return callback(error, null)
      dialled.push(...(Array.isArray(found) ? found.map((x) => x.address) : [found]))
      const socket = connect(canary.port, '127.0.0.1')
      socket.once('connect', () => callback(null, socket))
    })
  }
}

async function refusal(call: Promise<Response>): Promise<EgressError> {
  const error = await call.then(
    (response) => new Error(`answered ${response.status}`),
    (reason: unknown) => reason,
  )
  if (!(error instanceof EgressError)) throw error
  return error
}

describe('hostile urls of the corpus', () => {
  // The redirect is played below; a host that only resembles ours is public, and refused as a place to return to.
  const attacks = corpus('url').attacks.filter((x) => !/redirect\.test|^https:\/\/scaff\.example/.test(x.payload))

  it.each(attacks)('$payload ($why) opens no socket', async ({ payload }) => {
    const canary = await sink()
    const dialled: string[] = []
    const error = await refusal(egress({ dial: dialTo(canary, dialled) }).fetch(payload))
    expect(['http.url_invalid', 'http.egress_refused']).toContain(error.code)
    expect(error.retryable).toBe(false)
    expect(canary.connections()).toBe(0)
    expect(dialled).toEqual([])
  })

  it('are no fewer than when this was written', () => {
    expect(attacks.length).toBeGreaterThanOrEqual(40)
  })
})

describe('ordinary urls', () => {
  it.each(corpus('url').benign)('$payload ($why) is called', async ({ payload }) => {
    const canary = await sink()
    const response = await egress({ dial: dialTo(canary, []) }).fetch(payload)
    expect(response.status).toBe(200)
    expect(canary.seen).toHaveLength(1)
  })
})

describe('where a connection goes', () => {
  it('is never a private address, even when the name server changes its answer', async () => {
    const canary = await sink()
    const outside = await sink()
    let asked = 0
    const rebinding = async () => [asked++ % 2 === 0 ? PUBLIC : '127.0.0.1']
    const dial: Dial = (lookup) => (options, callback) => {
      lookup(options.hostname, { all: true }, (error, found) => {
        if (error) return callback(error, null)
        const [first] = Array.isArray(found) ? found : []
        const port = first?.address === PUBLIC ? outside.port : canary.port
        const socket = connect(port, '127.0.0.1')
        socket.once('connect', () => callback(null, socket))
      })
    }
    const client = egress({ resolver: rebinding, dial })
    for (let i = 0; i < 20; i++) {
      await client.fetch(`http://rebind.example.org:${8000 + i}/`, { headers: { connection: 'close' } }).catch(() => {})
    }
    expect(asked).toBe(20)
    expect(outside.connections()).toBe(10)
    expect(canary.connections()).toBe(0)
  })

  it('is refused when one of several addresses is private', async () => {
    const mixed = async () => [PUBLIC, '10.0.0.1']
    const canary = await sink()
    const error = await refusal(
      egress({ resolver: mixed, dial: dialTo(canary, []) }).fetch('http://mixed.example.org/'),
    )
    expect(error.code).toBe('http.egress_refused')
    expect(error.message).toContain('EGRESS_ALLOW')
  })

  it('is judged with the real sockets too', async () => {
    const canary = await sink()
    for (const host of ['127.0.0.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]', '2130706433', 'canary.example.org']) {
      const client = egress({ resolver: async () => ['127.0.0.1'] })
      expect((await refusal(client.fetch(`http://${host}:${canary.port}/`))).code).toBe('http.egress_refused')
    }
    expect(canary.connections()).toBe(0)
  })

  it('may be private where the operator opened it, by address, range or name and on any port', async () => {
    const canary = await sink()
    const local = async () => ['127.0.0.1']
    const calls: [string, string][] = [
      ['127.0.0.1', '127.0.0.1'],
      ['127.0.0.0/8', '127.0.0.1'],
      ['127.0.0.1', '[::ffff:127.0.0.1]'],
      ['127.0.0.1', 'cms.internal'],
      ['cms.internal', 'cms.internal'],
      ['CMS.internal', 'cms.internal.'],
      ['*.internal', 'cms.internal'],
    ]
    for (const [entry, host] of calls) {
      const client = egress({ allow: [entry], resolver: local })
      expect((await client.fetch(`http://${host}:${canary.port}/`)).status).toBe(200)
    }
    expect(canary.seen).toHaveLength(calls.length)
    const other = egress({ allow: ['10.0.0.0/8', 'cms.internal'], resolver: local })
    expect((await refusal(other.fetch(`http://db.internal:${canary.port}/`))).code).toBe('http.egress_refused')
  })

  it('says what cannot be read in EGRESS_ALLOW', () => {
    for (const entry of ['http://cms.internal', 'cms.internal:8080', '10.0.0.0/33', '300.1.1.1', 'a.*.internal', '*']) {
      expect(() => createEgress({ allow: [entry] })).toThrow(/EGRESS_ALLOW: ".*" is neither/)
    }
  })
})

describe('redirects', () => {
  const allow = ['127.0.0.1']

  it('are followed up to three times', async () => {
    const chain = await sink(({ url }) => {
      const n = Number(url.slice(1))
      return n === 0 ? { body: 'there' } : { status: 302, headers: { location: `/${n - 1}` } }
    })
    expect(await (await egress({ allow }).fetch(`${chain.url}/3`)).text()).toBe('there')
    expect((await refusal(egress({ allow }).fetch(`${chain.url}/4`))).code).toBe('http.too_many_redirects')
  })

  it('are judged like the first address', async () => {
    const canary = await sink()
    const moved = await sink(() => ({
      status: 307,
      headers: { location: `http://canary.example.org:${canary.port}/` },
    }))
    const local = async () => ['127.0.0.2']
    const error = await refusal(egress({ allow, resolver: local }).fetch(moved.url))
    expect(error.code).toBe('http.egress_refused')
    for (const location of ['file:///etc/passwd', 'http://user:pass@127.0.0.1/', 'gopher://127.0.0.1/', 'http://']) {
      const bad = await sink(() => ({ status: 302, headers: { location } }))
      expect((await refusal(egress({ allow }).fetch(bad.url))).retryable).toBe(false)
    }
    expect(canary.connections()).toBe(0)
  })

  it('to another origin lose every credential, within the origin keep them', async () => {
    const secret = {
      authorization: 'Bearer canary',
      cookie: 'sid=canary',
      'x-api-key': 'canary',
      'idempotency-key': 'canary',
      'proxy-authorization': 'canary',
    }
    const other = await sink()
    const here = await sink(({ url }) => {
      if (url === '/same') return { status: 302, headers: { location: '/end' } }
      if (url === '/other') return { status: 303, headers: { location: `${other.url}/end` } }
      return {}
    })
    await egress({ allow }).fetch(`${here.url}/same`, { headers: secret })
    expect(here.seen.at(-1)?.headers).toMatchObject(secret)
    await egress({ allow }).fetch(`${here.url}/other`, {
      headers: { ...secret, accept: 'text/plain', 'x-request-id': 'r1' },
    })
    expect(JSON.stringify(other.seen)).not.toContain('canary')
    expect(other.seen[0]?.headers).toMatchObject({ accept: 'text/plain', 'x-request-id': 'r1' })
  })

  it('change the method as the fetch standard has it', async () => {
    const cases: [number, string, string, string][] = [
      [301, 'POST', 'GET', ''],
      [302, 'POST', 'GET', ''],
      [303, 'PUT', 'GET', ''],
      [302, 'PUT', 'PUT', 'body'],
      [307, 'POST', 'POST', 'body'],
      [308, 'PATCH', 'PATCH', 'body'],
    ]
    for (const [status, method, after, body] of cases) {
      const moved = await sink(({ url }) => (url === '/end' ? {} : { status, headers: { location: '/end' } }))
      await egress({ allow }).fetch(moved.url, { method, body: 'body', headers: { 'content-type': 'text/plain' } })
      expect(moved.seen.at(-1)).toMatchObject({ method: after, url: '/end', body })
    }
  })

  it('do not carry a secret body to another origin', async () => {
    const other = await sink()
    const moved = await sink(() => ({ status: 307, headers: { location: other.url } }))
    const call = egress({ allow }).fetch(moved.url, { method: 'POST', body: 'key', secretBody: true })
    expect((await refusal(call)).code).toBe('http.redirect_refused')
    expect(other.connections()).toBe(0)
  })
})
