import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { templates, templateVersions } from '#drizzle/schema/index.ts'
import { seed } from '#drizzle/seed.ts'
import type { Role } from '#lib/permissions.ts'
import type { Actor } from '#server/engine/port.ts'
import { type TestApp, testApp } from '#server/testing/app.ts'
import { createTemplate } from './create.ts'
import { getTemplate } from './get.ts'
import { listTemplates } from './list.ts'
import { createPromptPort } from './prompt-port.ts'
import { updateTemplate } from './update.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.drop())

const person = (role: Role): Actor => ({
  kind: 'user',
  id: `usr_${role}`,
  email: `${role}@example.com`,
  name: null,
  role,
})
const as = (role: Role) => app.context(person(role))

const SEEDED = {
  blog_draft_v1: ['topic', 'audience'],
  blog_draft_v3: ['topic', 'audience', 'tone', 'word_count', 'sections'],
  blog_outline_v2: ['topic', 'audience', 'tone'],
  content_v1: ['topic', 'audience'],
}

describe('stored prompts', () => {
  it('come with the examples’ own, whose variables are the ones the examples give', async () => {
    const { templates: listed, next_cursor } = await listTemplates({ ctx: as('viewer'), input: {} })
    expect(listed.map(({ id, version }) => [id, version])).toEqual(Object.keys(SEEDED).map((id) => [id, 1]))
    expect(next_cursor).toBeNull()
    for (const [id, variables] of Object.entries(SEEDED)) {
      const template = await getTemplate({ ctx: as('viewer'), input: { id } })
      expect(template).toMatchObject({ id, version: 1 })
      expect([...template.variables].sort()).toEqual([...variables].sort())
    }
  })

  it('are seeded once: a start later changes neither an edited one nor the number of rows', async () => {
    await updateTemplate({ ctx: as('editor'), input: { id: 'content_v1', content: 'Mine: {topic}' } })
    await seed(app.database)
    await seed(app.database)
    expect(await getTemplate({ ctx: as('viewer'), input: { id: 'content_v1' } })).toMatchObject({
      version: 2,
      content: 'Mine: {topic}',
    })
    expect(await app.database.db.$count(templates)).toBe(4)
    expect(await app.database.db.$count(templateVersions)).toBe(5)
  })

  it('keep every version', async () => {
    const ctx = as('editor')
    const created = await createTemplate({ ctx, input: { id: 'note', content: 'About {topic}', message: 'First' } })
    expect(created).toMatchObject({ id: 'note', version: 1, variables: ['topic'], message: 'First' })
    const saved = await updateTemplate({ ctx, input: { id: 'note', content: 'On {topic} in {{ tone | upper }}' } })
    expect(saved).toMatchObject({ version: 2, variables: ['topic', 'tone'], message: null })
    expect(saved.versions.map(({ version }) => version)).toEqual([2, 1])
    expect(await getTemplate({ ctx, input: { id: 'note', version: 1 } })).toMatchObject({ content: 'About {topic}' })
  })

  it('two who save at once get two versions', async () => {
    const ctx = as('editor')
    await createTemplate({ ctx, input: { id: 'busy', content: '0' } })
    const saved = await Promise.all(
      Array.from({ length: 8 }, (_, i) => updateTemplate({ ctx, input: { id: 'busy', content: `${i + 1}` } })),
    )
    expect(saved.map(({ version }) => version).sort()).toEqual([2, 3, 4, 5, 6, 7, 8, 9])
  })

  it('are refused when they are not there, there already, named wrongly or cannot be filled in', async () => {
    const ctx = as('editor')
    const code = (code: string) => expect.objectContaining({ code })
    await expect(getTemplate({ ctx, input: { id: 'nope' } })).rejects.toEqual(code('template.not_found'))
    await expect(getTemplate({ ctx, input: { id: 'busy', version: 99 } })).rejects.toEqual(code('template.not_found'))
    await expect(updateTemplate({ ctx, input: { id: 'nope', content: 'x' } })).rejects.toEqual(
      code('template.not_found'),
    )
    await expect(createTemplate({ ctx, input: { id: 'busy', content: 'x' } })).rejects.toEqual(code('template.exists'))
    await expect(createTemplate({ ctx, input: { id: 'a@1', content: 'x' } })).rejects.toEqual(code('request.invalid'))
    await expect(createTemplate({ ctx, input: { id: 'broken', content: 'a\n{% if %}' } })).rejects.toMatchObject({
      code: 'request.invalid',
      errors: [{ path: 'content', line: 2 }],
    })
    await expect(getTemplate({ ctx, input: { id: 'broken' } })).rejects.toEqual(code('template.not_found'))
  })

  it('are read by everyone who is signed in and written by editors', async () => {
    const input = { id: 'theirs', content: 'x' }
    await expect(createTemplate({ ctx: as('viewer'), input })).rejects.toMatchObject({ code: 'auth.forbidden' })
    await expect(updateTemplate({ ctx: as('approver'), input })).rejects.toMatchObject({ code: 'auth.forbidden' })
    await expect(listTemplates({ ctx: app.context(), input: {} })).rejects.toMatchObject({ code: 'auth.required' })
  })

  it('are listed page by page', async () => {
    const ids: string[] = []
    let cursor: string | undefined
    do {
      const listed = await listTemplates({ ctx: as('viewer'), input: { limit: 2, cursor } })
      ids.push(...listed.templates.map(({ id }) => id))
      cursor = listed.next_cursor ?? undefined
    } while (cursor !== undefined)
    expect(ids).toEqual([...ids].sort())
    expect(ids).toContain('note')
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('reach steps in the newest or a named version', async () => {
    const port = createPromptPort(app.database)
    expect(await port.get('note', null)).toEqual({
      id: 'note',
      version: 2,
      content: 'On {topic} in {{ tone | upper }}',
    })
    expect(await port.get('note', 1)).toMatchObject({ version: 1 })
    expect(await port.get('note', 3)).toBeNull()
    expect(await port.get('nope', null)).toBeNull()
  })

  it('leave a trace of who changed what', async () => {
    const rows = await app.database.sql`select action, target, detail from audit_log where target = 'note' order by id`
    expect(rows.map(({ action, detail }) => [action, detail.version])).toEqual([
      ['template.create', 1],
      ['template.update', 2],
    ])
  })
})
