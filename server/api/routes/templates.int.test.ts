import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestApp, testApp } from '#server/testing/app.ts'
import { call, keyOf } from '../testing.ts'
import { createTemplate, getTemplate, listTemplates, updateTemplate } from './templates.ts'

let app: TestApp
let key: string
beforeAll(async () => {
  app = await testApp()
  key = await keyOf(app, 'editor')
})
afterAll(() => app.drop())

describe('/templates', () => {
  it('stores, lists, reads and updates', async () => {
    const created = await call(app, createTemplate, { key, body: { id: 'rest_note', content: 'On {topic}' } })
    expect(created.status).toBe(201)
    expect(created.headers.get('location')).toBe('/api/v1/templates/rest_note')
    expect(created.json).toMatchObject({ id: 'rest_note', version: 1, variables: ['topic'] })

    const params = { id: 'rest_note' }
    const saved = await call(app, updateTemplate, { key, params, body: { content: 'About {topic}', message: 'Words' } })
    expect(saved).toMatchObject({ status: 200, json: { version: 2, message: 'Words' } })

    const read = await call(app, getTemplate, { key, params, query: '?version=1' })
    expect(read).toMatchObject({ status: 200, json: { version: 1, content: 'On {topic}' } })

    const list = await call(app, listTemplates, { key })
    expect(list.json.templates.map(({ id }: { id: string }) => id)).toEqual([
      'blog_draft_v1',
      'blog_draft_v3',
      'blog_outline_v2',
      'content_v1',
      'rest_note',
    ])
  })

  it('answers problems that say what to do', async () => {
    const twice = await call(app, createTemplate, { key, body: { id: 'content_v1', content: 'x' } })
    expect(twice).toMatchObject({ status: 409, json: { code: 'template.exists' } })
    const gone = await call(app, getTemplate, { key, params: { id: '../etc' } })
    expect(gone).toMatchObject({ status: 404, json: { code: 'template.not_found' } })
    const unknown = await call(app, createTemplate, { key, body: { id: 'y', content: 'x', extra: 1 } })
    expect(unknown).toMatchObject({ status: 422, json: { code: 'request.invalid' } })
    const broken = await call(app, createTemplate, { key, body: { id: 'y', content: 'a\n  {{ x' } })
    expect(broken).toMatchObject({ status: 422, json: { errors: [{ path: 'content', line: 2, column: 3 }] } })
    const version = await call(app, getTemplate, { key, params: { id: 'content_v1' }, query: '?version=first' })
    expect(version.status).toBe(422)
  })
})
