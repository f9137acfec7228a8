import { describe, expect, it } from 'vitest'
import { languageSchemaResponse } from './language-schema.ts'

const ask = (headers: Record<string, string> = {}) =>
  languageSchemaResponse(new Request('http://localhost/schema/workflow.json', { headers }))

describe('the address of the language’s schema', () => {
  it('answers it to whoever asks, to be kept', async () => {
    const answer = ask()
    expect(answer.status).toBe(200)
    expect(answer.headers.get('cache-control')).toBe('public, max-age=3600')
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    expect(answer.headers.get('content-type')).toContain('application/schema+json')
    expect(await answer.json()).toMatchObject({ title: 'Scaff workflow', required: ['name', 'steps'] })
  })

  it('says that nothing changed to those who have it', async () => {
    const etag = ask().headers.get('etag') ?? ''
    for (const tag of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const answer = ask({ 'if-none-match': tag })
      expect([answer.status, await answer.text()]).toEqual([304, ''])
    }
    expect(ask({ 'if-none-match': '"other"' }).status).toBe(200)
  })
})
