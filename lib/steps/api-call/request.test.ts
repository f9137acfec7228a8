import { describe, expect, it } from 'vitest'
import type { JsonObject } from '#lib/json.ts'
import { corpus } from '#lib/testing/corpus.ts'
import { execute, type Given } from './testing.ts'

type Roots = Given['roots']

async function refusedWith(config: JsonObject, code: string, given: Given = {}): Promise<string> {
  const { result, sent } = await execute(config, given)
  expect(sent).toEqual([])
  expect(result).toMatchObject({ ok: false, error: { code, retryable: false } })
  return result.ok ? '' : result.error.message
}

describe('the url', () => {
  const url = async (template: string, roots: Roots) => (await execute({ url: template }, { roots })).request?.url

  it('keeps slashes of constants and secrets, and makes one segment of everything else', async () => {
    const roots = {
      static: { id: 'T00/B00/x y' },
      secrets: { S: 'a/b' },
      env: { E: 'c/d' },
      runtime: { topic: 'e/f?g#h' },
    }
    expect(await url('https://h.com/s/{{static.id}}', roots)).toBe('https://h.com/s/T00/B00/x%20y')
    expect(await url('https://h.com/{{secrets.S}}/{{env.E}}', roots)).toBe('https://h.com/a/b/c/d')
    expect(await url('https://h.com/{{topic}}/x', roots)).toBe('https://h.com/e%2Ff%3Fg%23h/x')
    expect(await url('https://h.com/{{ [static.id, topic] | join }}', roots)).toBe(
      'https://h.com/T00%2FB00%2Fx%20ye%2Ff%3Fg%23h',
    )
  })

  it('encodes values of the query, written or given apart', async () => {
    const roots = { runtime: { q: 'a&b=c d', tags: ['x', 'y'], none: null, n: 3 } }
    expect(await url('https://h.com/?q={{q}}', roots)).toBe('https://h.com/?q=a%26b%3Dc%20d')
    const query = { q: '{{q}}', tag: '{{tags}}', none: '{{none}}', n: '{{n}}', flag: true }
    const made = (at: string) => execute({ url: at, query }, { roots })
    const added = 'q=a%26b%3Dc%20d&tag=x&tag=y&n=3&flag=true'
    expect((await made('https://h.com/')).request?.url).toBe(`https://h.com/?${added}`)
    expect((await made('https://h.com/?a=1#top')).request?.url).toBe(`https://h.com/?a=1&${added}#top`)
    await refusedWith({ query: { filter: { a: 1 } } }, 'http.request_invalid')
  })

  it('may begin with a whole address, and take a host', async () => {
    const roots = {
      static: { base: 'https://cms.example.com/api' },
      runtime: { host: 'shop.example.com:8443', next: 'https://h.com/p?page=2' },
    }
    expect(await url('{{static.base}}/posts/{{host}}', roots)).toBe(
      'https://cms.example.com/api/posts/shop.example.com%3A8443',
    )
    expect(await url('https://{{host}}/x', roots)).toBe('https://shop.example.com:8443/x')
    expect(await url('{{next}}', roots)).toBe('https://h.com/p?page=2')
  })

  it('refuses what would leave its place', async () => {
    const at = (template: string, value: string) =>
      refusedWith({ url: template }, 'http.url_invalid', { roots: { runtime: { v: value } } })
    for (const value of ['evil.com/x', 'user@evil.com', 'evil.com#', 'evil.com?x', '[::1]', '', 'a b', 'a\nb']) {
      await at('https://{{v}}.example.com/', value)
    }
    for (const value of ['ftp://h.com', 'javascript:alert(1)', '//evil.com', 'h.com']) await at('{{v}}', value)
    for (const value of ['.', '%2e', '.%2E']) await at('https://h.com/a/.{{v}}/b'.replace('.{{v}}', value), value)
    const roots = { static: { path: 'a/../../admin' }, runtime: { v: '..', dot: '.' } }
    for (const url of ['https://h.com/x/{{static.path}}', 'https://h.com/x/{{v}}', 'https://h.com/a/.{{dot}}/b']) {
      const { result, sent } = await execute({ url }, { roots })
      expect(sent).toEqual([])
      expect(result.ok).toBe(false)
    }
  })

  it('keeps the depth of the path whatever people write', async () => {
    for (const { payload } of [...corpus('template').attacks, ...corpus('url').attacks]) {
      const { request } = await execute(
        { url: 'https://h.com/a/{{v}}/b?q={{v}}' },
        { roots: { runtime: { v: payload } } },
      )
      const made = new URL(request?.url ?? '')
      expect(made.host).toBe('h.com')
      expect(made.pathname.split('/')).toHaveLength(4)
      expect([...made.searchParams]).toEqual([['q', payload.toWellFormed()]])
      expect(decodeURIComponent(made.pathname.split('/')[2] ?? '')).toBe(payload.toWellFormed())
    }
  })

  it('does not let data choose who receives a secret', async () => {
    const roots = {
      runtime: { v: 'https://evil.com', h: 'evil.com' },
      secrets: { KEY: 'canary' },
      env: { KEY: 'canary' },
    }
    const secret = { headers: { Authorization: 'Bearer {{secrets.KEY}}' } }
    const calls: JsonObject[] = [
      { url: '{{v}}/x', ...secret },
      { url: 'https://{{h}}/x', ...secret },
      { url: 'https://{{h}}/x', method: 'POST', body: { key: '{{env.KEY}}' } },
      { url: 'https://{{h}}/x', query: { key: '{{env.KEY}}' } },
      { url: 'https://{{h}}/{{env.KEY}}' },
    ]
    for (const call of calls) {
      const message = await refusedWith(call, 'http.url_invalid', { roots })
      expect(message).not.toContain('canary')
      expect(message).toContain('static')
    }
    const trusted = { roots: { ...roots, static: { base: 'https://cms.example.com' } } }
    expect((await execute({ url: '{{static.base}}/{{h}}', ...secret }, trusted)).result.ok).toBe(true)
  })
})

describe('headers', () => {
  it('refuse line breaks, framing and what no header can hold', async () => {
    for (const { payload } of corpus('template').attacks.filter(({ why }) => /header value|display name/.test(why))) {
      await refusedWith({ headers: { 'X-Name': '{{v}}' } }, 'http.header_invalid', {
        roots: { runtime: { v: payload } },
      })
    }
    for (const v of ['abc\n', 'a\nb', 'a\rb', 'a\0b', '日本']) {
      const message = await refusedWith({ headers: { 'X-Name': 'x{{v}}' } }, 'http.header_invalid', {
        roots: { runtime: { v } },
      })
      expect(message).toContain('X-Name')
    }
    for (const name of [
      'Host',
      'Content-Length',
      'Transfer-Encoding',
      'Connection',
      'Upgrade',
      'bad name',
      'a:b',
      '',
    ]) {
      await refusedWith({ headers: { [name]: 'x' } }, 'http.header_invalid')
    }
    await refusedWith({ headers: { 'X-A': '1', 'x-a': '2' } }, 'http.header_invalid')
  })

  it('of the corpus reach the other side as they are or not at all', async () => {
    for (const { payload } of corpus('header').attacks) {
      const [name = '', ...value] = payload.split(':')
      const { result, request } = await execute({ headers: { [name]: value.join(':') } })
      if (result.ok) expect(request?.headers[name.toLowerCase()]).toBe(value.join(':').trim())
      else expect(result.error.code).toBe('http.header_invalid')
    }
  })
})

describe('the body', () => {
  const body = async (config: JsonObject, runtime: JsonObject) =>
    (await execute({ method: 'POST', ...config }, { roots: { runtime } })).request

  it('keeps the types of an object', async () => {
    const sent = await body(
      { body: { tags: '{{tags}}', n: '{{n}}', text: 'n={{n}}', deep: [{ t: '{{t}}' }] } },
      { tags: ['a'], n: 3, t: true },
    )
    expect(JSON.parse(sent?.body ?? '')).toEqual({ tags: ['a'], n: 3, text: 'n=3', deep: [{ t: true }] })
  })

  it('written as text is JSON where it looks like it, with every value in its place', async () => {
    const template = '{"n":"{{v}}","raw":{{v}},"list":{{list}},"again":{{ list | tojson }},"yes":{{yes}}}'
    for (const { payload } of corpus('template').attacks) {
      const sent = await body({ body: template }, { v: payload, list: [1, 'a"b'], yes: true })
      expect(sent?.headers['content-type']).toBe('application/json')
      expect(JSON.parse(sent?.body ?? '')).toEqual({
        n: payload,
        raw: payload,
        list: [1, 'a"b'],
        again: [1, 'a"b'],
        yes: true,
      })
    }
  })

  it('that is one expression is sent as what it is', async () => {
    expect(await body({ body: '{{v}}' }, { v: { a: 1 } })).toMatchObject({
      body: '{"a":1}',
      headers: { 'content-type': 'application/json' },
    })
    expect(await body({ body: '{{v}}' }, { v: 'a "text"' })).toMatchObject({
      body: 'a "text"',
      headers: { 'content-type': 'text/plain; charset=utf-8' },
    })
  })

  it('follows the content type that the author names', async () => {
    const form = { 'Content-Type': 'application/x-www-form-urlencoded' }
    expect((await body({ headers: form, body: { a: '{{v}}', b: 1 } }, { v: 'x&y=z' }))?.body).toBe('a=x%26y%3Dz&b=1')
    expect((await body({ headers: form, body: 'a={{v}}' }, { v: 'x&y=z' }))?.body).toBe('a=x%26y%3Dz')
    expect((await body({ headers: { 'Content-Type': 'text/csv' }, body: '{{v}}, 1' }, { v: '"' }))?.body).toBe('", 1')
    await refusedWith({ method: 'POST', headers: form, body: [1] }, 'http.body_invalid')
  })

  it('that is no JSON although it should be is not sent', async () => {
    const json = { 'Content-Type': 'application/json' }
    expect(
      await refusedWith({ method: 'POST', headers: json, body: 'hello {{v}}' }, 'http.body_invalid', {
        roots: { runtime: { v: 1 } },
      }),
    ).toContain('not JSON')
    await refusedWith({ method: 'POST', body: '{"a":"\\{{v}}"}' }, 'http.body_invalid', {
      roots: { runtime: { v: '","b":"' } },
    })
  })

  it('says when it holds a secret, so that no redirect hands it on', async () => {
    const roots = { secrets: { KEY: 'canary' } }
    const with_ = await execute({ method: 'POST', body: { a: [{ key: '{{secrets.KEY}}' }] } }, { roots })
    const without = await execute({ method: 'POST', body: { a: 1 }, headers: { A: '{{secrets.KEY}}' } }, { roots })
    expect([with_.request?.secret_body, without.request?.secret_body]).toEqual([true, false])
  })
})
