import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { accountTokens, sessions, users } from '#drizzle/schema/index.ts'
import { holdApp } from '#server/api/app.ts'
import { invite } from '#server/services/accounts/invite.ts'
import { setupLink } from '#server/services/accounts/setup-link.ts'
import { SYSTEM, TEST_ORIGIN, type TestApp, testApp } from '#server/testing/app.ts'
import type { AccountFormState } from './account-form.ts'
import { accountToken } from './account-token.ts'
import {
  acceptInviteAction,
  requestResetAction,
  resetPasswordAction,
  setUpAction,
  signInAction,
  signOutAction,
} from './actions.ts'
import { getSession, getSessionActor, pageContext, signedInContext } from './page-session.ts'
import { keepTimeZone } from './time-zone.ts'

/** The browser: its cookies, and what it says of itself. Next hands both to actions and pages in ways of its own. */
const browser = vi.hoisted(() => ({
  cookies: new Map<string, string>(),
  options: {} as object,
  headers: {} as Record<string, string>,
}))
vi.mock('next/headers', () => ({
  headers: async () =>
    new Headers({
      ...browser.headers,
      cookie: [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
    }),
  cookies: async () => ({
    set: (name: string, value: string, options: object) => {
      browser.cookies.set(name, value)
      browser.options = options
    },
    delete: (name: string) => browser.cookies.delete(name),
  }),
}))

const EMPTY: AccountFormState = { error: null, fields: {}, values: {}, done: false }
const PASSWORD = 'correct horse battery'
const form = (fields: Record<string, string>) => {
  const data = new FormData()
  for (const [name, value] of Object.entries(fields)) data.set(name, value)
  return data
}
/** Where an action redirects to; Next does that by a throw. */
const destination = (promise: Promise<unknown>) =>
  promise.then(
    (state) => expect.unreachable(`it stayed: ${JSON.stringify(state)}`),
    (thrown: { digest?: string }) => thrown.digest?.split(';')[2],
  )
const tokenOf = (link: string | null) => new URL(link ?? '').searchParams.get('token') ?? ''

describe('account forms', () => {
  let app: TestApp

  beforeAll(async () => {
    app = await testApp({ LOG_LEVEL: 'silent' })
    holdApp(app)
  })
  beforeEach(() => {
    browser.cookies.clear()
    browser.headers = { origin: TEST_ORIGIN, 'sec-fetch-site': 'same-origin' }
  })
  afterAll(async () => {
    globalThis.scaffApp = undefined
    await app.drop()
  })

  const signIn = (more: Record<string, string> = {}) =>
    signInAction(EMPTY, form({ email: 'sarah@example.com', password: PASSWORD, ...more }))

  it('make the owner and sign them in', async () => {
    const token = tokenOf(await setupLink(app))
    const wrong = await setUpAction(EMPTY, form({ token, email: 'nope', name: 'Sarah', password: 'short' }))
    expect(wrong).toMatchObject({ error: 'Check the marked fields.', values: { email: 'nope', name: 'Sarah' } })
    expect(Object.keys(wrong.fields)).toEqual(['email', 'password'])
    expect(JSON.stringify(wrong)).not.toContain('short')
    const done = setUpAction(EMPTY, form({ token, email: 'sarah@example.com', name: 'Sarah', password: PASSWORD }))
    expect(await destination(done)).toBe('/')
    expect(browser.options).toMatchObject({ httpOnly: true, sameSite: 'lax', secure: true, path: '/' })
    expect([...browser.cookies.keys()]).toEqual(['__Secure-next-auth.session-token'])
    expect(await getSessionActor()).toMatchObject({ email: 'sarah@example.com', role: 'owner' })
  })

  it('sign in and go where one wanted, but never to another site', async () => {
    expect(await destination(signIn({ returnTo: '/runs?x=1' }))).toBe('/runs?x=1')
    for (const returnTo of [
      'https://attacker.example',
      '//attacker.example',
      '/\\attacker.example',
      'javascript:alert(1)',
    ]) {
      expect(await destination(signIn({ returnTo }))).toBe('/')
    }
  })

  it('keep in which zone the browser says it is, for mails; what is no zone changes nothing', async () => {
    const kept = async () => {
      const [row] = await app.database.db.select().from(users).where(eq(users.email, 'sarah@example.com'))
      return row?.timeZone
    }
    await destination(signIn())
    expect(await kept()).toBeNull()
    for (const [said, known] of [
      ['Europe/Vienna', 'Europe/Vienna'],
      ['Mars/Olympus', 'Europe/Vienna'],
    ] as const) {
      browser.cookies.clear()
      browser.cookies.set('scaff-zone', said)
      await destination(signIn())
      expect(await kept()).toBe(known)
    }
  })

  it('render for a person in the zone of this browser, else where they were last', async () => {
    browser.cookies.set('scaff-zone', 'Asia/Kolkata')
    await destination(signIn())
    const session = await getSession()
    if (session === null) throw new Error('not signed in')
    const zone = (cookie: string) =>
      keepTimeZone(app, { id: session.actor.id, timeZone: session.timeZone }, new Headers({ cookie }))
    expect(await zone('')).toBe('Asia/Kolkata')
    expect(await zone('scaff-zone=nowhere')).toBe('Asia/Kolkata')
    expect(await zone('scaff-zone=Europe/Vienna')).toBe('Europe/Vienna')
    expect((await getSession())?.timeZone).toBe('Europe/Vienna')
  })

  it('say what was wrong in one sentence and keep the address', async () => {
    const state = await signIn({ password: 'wrong wrong' })
    expect(state).toMatchObject({
      error: expect.stringContaining('wrong'),
      values: { email: 'sarah@example.com' },
      done: false,
    })
    expect(browser.cookies.size).toBe(0)
  })

  it('refuse what another site sends', async () => {
    browser.headers = { origin: 'https://attacker.example' }
    expect((await signIn()).error).toContain(TEST_ORIGIN)
    browser.headers = { origin: TEST_ORIGIN, 'sec-fetch-site': 'cross-site' }
    expect((await signIn()).error).toContain(TEST_ORIGIN)
    expect(browser.cookies.size).toBe(0)
  })

  it('sign out for good: the old cookie is nobody’s', async () => {
    await destination(signIn())
    const cookies = new Map(browser.cookies)
    expect(await destination(signOutAction())).toBe('/login')
    expect(browser.cookies.size).toBe(0)
    for (const [name, value] of cookies) browser.cookies.set(name, value)
    expect(await getSessionActor()).toBeNull()
    expect((await app.database.db.select().from(sessions)).some(({ revokedAt }) => revokedAt !== null)).toBe(true)
  })

  it('make an invited account and sign it in', async () => {
    const { link } = await invite({ ctx: app.context(SYSTEM), input: { email: 'ann@example.com', role: 'viewer' } })
    const done = acceptInviteAction(EMPTY, form({ token: tokenOf(link), name: '', password: PASSWORD }))
    expect(await destination(done)).toBe('/')
    expect(await getSessionActor()).toMatchObject({ email: 'ann@example.com', role: 'viewer', name: null })
  })

  it('replace a forgotten password', async () => {
    expect(await requestResetAction(EMPTY, form({ email: 'nobody@example.com' }))).toEqual({ ...EMPTY, done: true })
    expect(await requestResetAction(EMPTY, form({ email: 'ann@example.com' }))).toEqual({ ...EMPTY, done: true })
    const [row] = await app.database.db.select().from(accountTokens).where(eq(accountTokens.kind, 'reset'))
    const token = accountToken(app.keys, { id: row?.id ?? '', kind: 'reset' })
    expect((await resetPasswordAction(EMPTY, form({ token, password: 'short' }))).fields).toHaveProperty('password')
    const done = resetPasswordAction(EMPTY, form({ token, password: 'another password' }))
    expect(await destination(done)).toBe('/login?reset=done')
    expect((await resetPasswordAction(EMPTY, form({ token, password: 'third password' }))).error).toContain('link')
  })

  describe('pages', () => {
    it('know who is signed in, and send everybody else to sign in', async () => {
      expect((await pageContext()).actor).toBeNull()
      expect(await destination(signedInContext('/runs?a=1'))).toBe('/login?returnTo=%2Fruns%3Fa%3D1')
      await destination(signIn())
      expect((await signedInContext('/')).actor.email).toBe('sarah@example.com')
    })

    it('see a disabled account as nobody', async () => {
      await destination(signIn())
      await app.database.db.update(users).set({ disabledAt: new Date() }).where(eq(users.email, 'sarah@example.com'))
      expect((await pageContext()).actor).toBeNull()
    })
  })
})
