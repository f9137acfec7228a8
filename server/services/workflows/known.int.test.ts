import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { constants, secrets } from '#drizzle/schema/index.ts'
import { appRouter } from '#server/api/root.ts'
import { type TestApp, testApp } from '#server/testing/app.ts'
import { person, refusal } from '../testing.ts'
import { listKnownSettings } from './known.ts'

let app: TestApp

beforeAll(async () => {
  app = await testApp({ LOG_LEVEL: 'silent', SCAFF_SECRET_FROM_ENV: 'hidden-value-of-env' })
})
afterAll(() => app.drop())

describe('the names that the editor checks by', () => {
  it('are those of the workspace, without any value', async () => {
    const { db } = app.database
    await db.insert(constants).values({ name: 'company', value: 'a-value', sensitive: true })
    const editor = await person(app, 'editor')
    const known = await appRouter.createCaller(app.context(editor)).workflows.known()
    expect(known).toMatchObject({ statics: ['company'], sensitive: ['company'], secrets: ['FROM_ENV'] })
    expect(JSON.stringify(known)).not.toMatch(/hidden-value|a-value/)
    expect(await db.$count(secrets)).toBe(0)
  })

  it('are told only to those who write workflows', async () => {
    for (const role of ['viewer', 'approver'] as const) {
      const ctx = app.context(await person(app, role))
      expect((await refusal(listKnownSettings({ ctx }))).code).toBe('auth.forbidden')
    }
    expect((await refusal(listKnownSettings({ ctx: app.context(null) }))).code).toBe('auth.required')
  })
})
