import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { auditLog, refreshTokens, users } from '#drizzle/schema/index.ts'
import { DAY, MINUTE } from '#lib/time.ts'
import { listApiKeys } from '#server/api/routes/api-keys.ts'
import { login, logout, refreshLogin } from '#server/api/routes/auth.ts'
import { call } from '#server/api/testing.ts'
import { hashPassword } from '#server/auth/password.ts'
import { type TestApp, testApp } from '#server/testing/app.ts'
import { setDisabled } from './set-disabled.ts'

const PASSWORD = 'correct horse battery'

describe('a login by REST', () => {
  let app: TestApp

  beforeAll(async () => {
    app = await testApp()
    const passwordHash = await hashPassword(PASSWORD)
    await app.database.db.insert(users).values([
      { id: 'usr_ann', email: 'ann@example.com', role: 'admin', passwordHash },
      { id: 'usr_bob', email: 'bob@example.com', role: 'admin', passwordHash },
    ])
  })
  afterAll(() => app.drop())

  const logIn = async (email = 'ann@example.com') =>
    (await call(app, login, { body: { email, password: PASSWORD } })).json as {
      access_token: string
      refresh_token: string
    }
  const refresh = (refresh_token: string) => call(app, refreshLogin, { body: { refresh_token } })
  const works = async (access: string) => (await call(app, listApiKeys, { key: access })).status === 200

  it('gives a Bearer for a quarter of an hour and a refresh token of which only a hash is kept', async () => {
    const answer = await call(app, login, { body: { email: 'ann@example.com', password: PASSWORD } })
    expect(answer.status).toBe(200)
    expect(answer.json).toMatchObject({ token_type: 'Bearer', expires_in: 900 })
    const { access_token, refresh_token } = answer.json
    expect(await works(access_token)).toBe(true)
    const stored = JSON.stringify(await app.database.db.select().from(refreshTokens))
    expect(stored).not.toContain(refresh_token)
    expect(JSON.stringify(app.lines)).not.toContain(refresh_token)
    app.clock.pass(16 * MINUTE)
    expect(await works(access_token)).toBe(false)
    expect((await refresh(refresh_token)).status).toBe(200)
  })

  it('is refused alike for a wrong password and for nobody', async () => {
    const wrong = await call(app, login, { body: { email: 'ann@example.com', password: 'wrong wrong' } })
    const nobody = await call(app, login, { body: { email: 'x@example.com', password: PASSWORD } })
    expect([wrong.status, wrong.json.code, wrong.json.detail]).toEqual([401, 'auth.invalid', nobody.json.detail])
    expect(nobody.status).toBe(401)
  })

  it('goes on with each new refresh token', async () => {
    const first = await logIn()
    const second = (await refresh(first.refresh_token)).json
    expect(second.refresh_token).not.toBe(first.refresh_token)
    expect(await works(second.access_token)).toBe(true)
    expect((await refresh(second.refresh_token)).status).toBe(200)
  })

  it('ends as a whole when a refresh token comes twice', async () => {
    const first = await logIn()
    const second = (await refresh(first.refresh_token)).json
    const stolen = await refresh(first.refresh_token)
    expect([stolen.status, stolen.json.code]).toEqual([401, 'auth.invalid'])
    expect((await refresh(second.refresh_token)).status).toBe(401)
    expect(await works(second.access_token)).toBe(false)
    const audits = await app.database.db.select().from(auditLog)
    expect(audits.map(({ action }) => action)).toContain('account.token_reused')
  })

  it('gives one of many who refresh at once a pair, and then nobody goes on', async () => {
    const { refresh_token } = await logIn()
    // Connections that are open already, or the first would be through before the others have begun.
    await Promise.all(Array.from({ length: 8 }, () => app.database.sql`select pg_sleep(0.1)`))
    const answers = await Promise.all(Array.from({ length: 8 }, () => refresh(refresh_token)))
    const pairs = answers.filter(({ status }) => status === 200)
    expect(pairs).toHaveLength(1)
    expect((await refresh(pairs[0]?.json.refresh_token)).status).toBe(401)
  })

  it('ends on logout, other logins of the same person do not', async () => {
    const [one, other] = [await logIn(), await logIn()]
    expect((await call(app, logout, { body: { refresh_token: one.refresh_token } })).status).toBe(204)
    expect(await works(one.access_token)).toBe(false)
    expect((await refresh(one.refresh_token)).status).toBe(401)
    expect(await works(other.access_token)).toBe(true)
    expect((await call(app, logout, { body: { refresh_token: 'scr_unknown' } })).status).toBe(204)
  })

  it('ends when the person is disabled, and after a month without use', async () => {
    const bob = await logIn('bob@example.com')
    const ann = await logIn()
    await setDisabled({ ctx: app.context({ kind: 'system', name: 'test' }), input: { id: 'usr_bob', disabled: true } })
    expect(await works(bob.access_token)).toBe(false)
    expect((await refresh(bob.refresh_token)).status).toBe(401)
    app.clock.pass(31 * DAY)
    expect((await refresh(ann.refresh_token)).status).toBe(401)
  })

  it('cannot be forged', async () => {
    const { access_token } = await logIn()
    const [head = '', body = '', signature = ''] = access_token.split('.')
    const none = Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url')
    for (const forged of [
      `${none}.${body}.`,
      `${head}.${body}.`,
      `${head}.${body}.${signature.slice(2)}aa`,
      `${head}.${head}.${signature}`,
    ]) {
      expect(await works(forged)).toBe(false)
    }
  })
})
