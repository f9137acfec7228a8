import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { auditLog, secrets } from '#drizzle/schema/index.ts'
import {
  deleteSecret,
  getStaticSettings,
  listSecrets,
  putStaticSettings,
  setSecret,
} from '#server/api/routes/settings.ts'
import { call, keyOf } from '#server/api/testing.ts'
import { type TestApp, testApp } from '#server/testing/app.ts'
import { resolveSensitive, resolveStatics, secretValues } from './resolve.ts'

const CANARY = 'canary-5ecret-value'

describe('settings', () => {
  let app: TestApp
  let key: string

  beforeAll(async () => {
    app = await testApp({ SCAFF_SECRET_FROM_ENV: 'env value', SCAFF_SECRET_BOTH: 'env loses' })
    key = await keyOf(app, 'admin')
  })
  afterAll(() => app.drop())

  const put = (body: object) => call(app, putStaticSettings, { key, body })
  const get = () => call(app, getStaticSettings, { key })

  describe('constants', () => {
    it('are set by name, keep the others, and are removed by null', async () => {
      expect((await put({ cms_api_key: 'k1', nested: { a: [1, null] }, n: 0 })).json).toEqual({
        cms_api_key: 'k1',
        nested: { a: [1, null] },
        n: 0,
      })
      await put({ cms_api_key: 'k2', n: null })
      expect((await get()).json).toEqual({ cms_api_key: 'k2', nested: { a: [1, null] } })
      expect(await resolveStatics(app.database.db)).toEqual({ cms_api_key: 'k2', nested: { a: [1, null] } })
    })

    it('can be sensitive: never shown again, never among what a run freezes, unharmed by writing back what was read', async () => {
      await put({ token: { value: CANARY, sensitive: true } })
      const read = await get()
      expect(read.json.token).toEqual({ value: null, sensitive: true })
      expect((await put(read.json)).status).toBe(200)
      expect(await resolveSensitive(app.database.db)).toEqual({ token: CANARY })
      expect(await resolveStatics(app.database.db)).not.toHaveProperty('token')
    })

    it.each<object>([{ '1x': 1 }, { 'a-b': 1 }, { '': 1 }, { ['x'.repeat(101)]: 1 }, { toString: 1 }])(
      'refuse the name in %j and store nothing of that request',
      async (wrong) => {
        const answer = await put({ good: 1, ...wrong })
        expect([answer.status, answer.json.code]).toEqual([422, 'request.invalid'])
        expect((await get()).json).not.toHaveProperty('good')
      },
    )
  })

  describe('secrets', () => {
    const set = (name: string, value: string) => call(app, setSecret, { key, params: { name }, body: { value } })

    it('are stored encrypted and answered by nobody', async () => {
      const made = await set('CMS_KEY', CANARY)
      expect(made.json).toEqual({ name: 'CMS_KEY', source: 'stored', updated_at: expect.any(String) })
      const [row] = await app.database.db.select().from(secrets).where(eq(secrets.name, 'CMS_KEY'))
      expect(row?.envelope).not.toContain(CANARY)
      const list = await call(app, listSecrets, { key })
      expect(list.json.secrets.map((s: { name: string }) => s.name).toSorted()).toEqual(['BOTH', 'CMS_KEY', 'FROM_ENV'])
      const audits = await app.database.db.select().from(auditLog)
      expect(audits.some(({ action, target }) => action === 'secret.set' && target === 'CMS_KEY')).toBe(true)
      expect(JSON.stringify([list.text, audits, app.lines])).not.toContain(CANARY)
    })

    it('are found stored first, else in the environment, else not at all', async () => {
      await set('BOTH', 'stored wins')
      expect(await secretValues(app, ['BOTH', 'FROM_ENV', 'CMS_KEY', 'NOWHERE', 'toString'])).toEqual({
        BOTH: 'stored wins',
        FROM_ENV: 'env value',
        CMS_KEY: CANARY,
      })
      expect(await secretValues(app, [])).toEqual({})
    })

    it('cannot be swapped by swapping their rows', async () => {
      const [row] = await app.database.db.select().from(secrets).where(eq(secrets.name, 'CMS_KEY'))
      await app.database.db.insert(secrets).values({ name: 'OTHER', envelope: row?.envelope ?? '' })
      await expect(secretValues(app, ['OTHER'])).rejects.toThrow('OTHER')
    })

    it('are removed once', async () => {
      const remove = () => call(app, deleteSecret, { key, params: { name: 'BOTH' } })
      expect((await remove()).status).toBe(204)
      expect((await remove()).json.code).toBe('secret.not_found')
      expect(await secretValues(app, ['BOTH'])).toEqual({ BOTH: 'env loses' })
    })
  })
})
