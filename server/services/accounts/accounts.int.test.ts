import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accountTokens, auditLog, messages, users, work } from '#drizzle/schema/index.ts'
import { DAY, HOUR, MINUTE } from '#lib/time.ts'
import { accountLink, accountToken } from '#server/auth/account-token.ts'
import { hashPassword } from '#server/auth/password.ts'
import { openSession, sessionActor, signSession, type UserActor } from '#server/auth/session.ts'
import { type TestApp, testApp } from '#server/testing/app.ts'
import { acceptInvite } from './accept-invite.ts'
import { issueAccountToken } from './account-tokens.ts'
import { changePassword } from './change-password.ts'
import { changeRole } from './change-role.ts'
import { describeLink } from './describe-link.ts'
import { invite } from './invite.ts'
import { listMembers } from './list-members.ts'
import { requestReset } from './request-reset.ts'
import { resetPassword } from './reset-password.ts'
import { revokeInvitation } from './revoke-invitation.ts'
import { setDisabled } from './set-disabled.ts'
import { setUp } from './set-up.ts'
import { setupLink } from './setup-link.ts'
import { signIn } from './sign-in.ts'

const PASSWORD = 'correct horse battery'
const tokenOf = (link: string | null) => new URL(link ?? '').searchParams.get('token') ?? ''

describe('accounts', () => {
  let app: TestApp
  let owner: UserActor

  beforeAll(async () => {
    app = await testApp({ LOG_LEVEL: 'silent' })
  })
  afterAll(() => app.drop())

  const person = async (email: string, role: UserActor['role']): Promise<UserActor> => {
    const passwordHash = await hashPassword(PASSWORD)
    const id = `usr_${email.split('@')[0]}`
    await app.database.db.insert(users).values({ id, email, role, passwordHash })
    return { kind: 'user', id, email, name: null, role }
  }
  const actions = async () => (await app.database.db.select().from(auditLog)).map(({ action }) => action)

  describe('set-up', () => {
    it('prints the same link until it is used', async () => {
      const [one, two] = await Promise.all([setupLink(app), setupLink(app)])
      expect(one).toBe(two)
      expect(one).toMatch(/^https:\/\/scaff\.example\/setup\?token=tok_/)
    })

    it('shows what a link is about without using it', async () => {
      const input = { kind: 'setup', token: tokenOf(await setupLink(app)) } as const
      expect(await describeLink({ ctx: app.context(), input })).toEqual({ kind: 'setup', email: null, role: null })
      expect(await describeLink({ ctx: app.context(), input })).toBeTruthy()
      await expect(describeLink({ ctx: app.context(), input: { ...input, kind: 'invite' } })).rejects.toMatchObject({
        code: 'auth.link_invalid',
      })
    })

    it('refuses a forged link and what does not fit, and makes nobody', async () => {
      const input = { token: 'tok_01jxyz.forged', email: 'eve@example.com', password: PASSWORD }
      await expect(setUp({ ctx: app.context(), input })).rejects.toMatchObject({ code: 'auth.link_invalid' })
      const short = { ...input, token: tokenOf(await setupLink(app)), email: 'no', password: 'short' }
      await expect(setUp({ ctx: app.context(), input: short })).rejects.toMatchObject({
        code: 'request.invalid',
        errors: [{ path: 'email' }, { path: 'password' }],
      })
      expect(await app.database.db.$count(users)).toBe(0)
    })

    it('makes one owner of however many try at once, by whichever link, and no link after', async () => {
      const other = await issueAccountToken(app, app.database.db, { kind: 'setup' })
      const tokens = [tokenOf(await setupLink(app)), accountToken(app.keys, other)]
      // Connections that are open already, or the first would be through before the others have begun.
      await Promise.all(Array.from({ length: 8 }, () => app.database.sql`select pg_sleep(0.1)`))
      const tries = await Promise.allSettled(
        Array.from({ length: 8 }, (_, i) =>
          setUp({
            ctx: app.context(),
            input: { token: tokens[i % 2] ?? '', email: `try${i}@example.com`, password: PASSWORD },
          }),
        ),
      )
      expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      for (const failed of tries.filter((t) => t.status === 'rejected')) {
        expect(failed.reason).toMatchObject({ code: 'setup.done' })
      }
      const [made, ...others] = await app.database.db.select().from(users)
      expect(others).toEqual([])
      expect(made).toMatchObject({ role: 'owner' })
      owner = { kind: 'user', id: made?.id ?? '', email: made?.email ?? '', name: null, role: 'owner' }
      expect(await setupLink(app)).toBeNull()
      expect(await actions()).toContain('account.set_up')
    })
  })

  describe('signing in', () => {
    it('takes the right password, the address in any case', async () => {
      const input = { email: ` ${owner.email.toUpperCase()} `, password: PASSWORD }
      expect(await signIn({ ctx: app.context(), input })).toMatchObject({ id: owner.id, role: 'owner' })
    })

    it('answers alike for a wrong password, an unknown address and a disabled account', async () => {
      const gone = await person('gone@example.com', 'viewer')
      await setDisabled({ ctx: app.context(owner), input: { id: gone.id, disabled: true } })
      const answers = await Promise.all(
        [owner.email, 'nobody@example.com', gone.email].map((email, i) =>
          signIn({ ctx: app.context(), input: { email, password: i === 2 ? PASSWORD : 'wrong wrong' } }).catch(
            (error: Error & { code?: string }) => [error.code, error.message],
          ),
        ),
      )
      expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
      expect(answers[0]).toEqual(['auth.invalid', expect.any(String)])
    })

    it('stops guessing at one account from one address, lets others in, and forgives with time', async () => {
      const guess = (ip: string, password = 'wrong wrong') =>
        signIn({ ctx: { ...app.context(), ip }, input: { email: owner.email, password } })
      for (let i = 0; i < 10; i++) await expect(guess('203.0.113.1')).rejects.toMatchObject({ code: 'auth.invalid' })
      await expect(guess('203.0.113.1', PASSWORD)).rejects.toMatchObject({
        code: 'rate_limit.exceeded',
        extra: { retry_after: expect.any(Number) },
      })
      expect(await guess('203.0.113.2', PASSWORD)).toBeTruthy()
      app.clock.pass(15 * MINUTE)
      expect(await guess('203.0.113.1', PASSWORD)).toBeTruthy()
    })
  })

  describe('a session', () => {
    const opened = async (user: UserActor) => {
      const sid = await openSession(app.context(), user.id)
      return signSession(app, sid)
    }

    it('is the person as they are now', async () => {
      const user = await person('sam@example.com', 'viewer')
      const cookie = await opened(user)
      expect((await sessionActor(app, cookie))?.actor).toEqual(user)
      await changeRole({ ctx: app.context(owner), input: { id: user.id, role: 'editor' } })
      expect((await sessionActor(app, cookie))?.actor.role).toBe('editor')
      await setDisabled({ ctx: app.context(owner), input: { id: user.id, disabled: true } })
      expect(await sessionActor(app, cookie)).toBeNull()
      await setDisabled({ ctx: app.context(owner), input: { id: user.id, disabled: false } })
      expect(await sessionActor(app, cookie)).toBeNull()
      expect(await sessionActor(app, await opened(user))).not.toBeNull()
    })

    it('ends after its time, and any change of its cookie makes it nobody’s', async () => {
      const cookie = await opened(owner)
      const [head, body, signature] = cookie.split('.')
      expect(await sessionActor(app, `${head}.${body}.${signature?.slice(1)}`)).toBeNull()
      expect(await sessionActor(app, `${head}.${body}.`)).toBeNull()
      const none = Buffer.from('{"alg":"none"}').toString('base64url')
      expect(await sessionActor(app, `${none}.${body}.`)).toBeNull()
      app.clock.pass(15 * DAY)
      expect(await sessionActor(app, cookie)).toBeNull()
    })
  })

  describe('an invitation', () => {
    it('goes out by mail, its link only made when it is rendered', async () => {
      const invitation = await invite({ ctx: app.context(owner), input: { email: 'New@Example.com', role: 'editor' } })
      const [mail] = await app.database.db.select().from(messages).where(eq(messages.to, 'new@example.com'))
      expect(mail).toMatchObject({ kind: 'invite', status: 'queued', data: { account_token_id: invitation.id } })
      const [job] = await app.database.db
        .select()
        .from(work)
        .where(eq(work.key, mail?.id ?? ''))
      expect(job).toMatchObject({ kind: 'message', payload: { message_id: mail?.id } })
      expect(JSON.stringify([mail, job])).not.toContain(tokenOf(invitation.link).split('.')[1])
      expect(invitation.link).toBe(accountLink(app.keys, app.env.appUrl, { id: invitation.id, kind: 'invite' }))
    })

    it('makes the account it offers, once', async () => {
      const { link } = await invite({ ctx: app.context(owner), input: { email: 'ann@example.com', role: 'approver' } })
      const accept = () =>
        acceptInvite({ ctx: app.context(), input: { token: tokenOf(link), name: 'Ann', password: PASSWORD } })
      const tries = await Promise.allSettled([accept(), accept()])
      expect(tries.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
      await expect(accept()).rejects.toMatchObject({ code: 'auth.link_invalid' })
      const input = { email: 'ann@example.com', password: PASSWORD }
      expect(await signIn({ ctx: app.context(), input })).toMatchObject({ name: 'Ann', role: 'approver' })
    })

    it('is replaced by a newer one, can be taken back, and runs out', async () => {
      const again = () => invite({ ctx: app.context(owner), input: { email: 'bob@example.com', role: 'viewer' } })
      const accept = (link: string) =>
        acceptInvite({ ctx: app.context(), input: { token: tokenOf(link), password: PASSWORD } })
      const first = await again()
      const second = await again()
      await expect(accept(first.link)).rejects.toMatchObject({ code: 'auth.link_invalid' })
      await revokeInvitation({ ctx: app.context(owner), input: { id: second.id } })
      await expect(accept(second.link)).rejects.toMatchObject({ code: 'auth.link_invalid' })
      const third = await again()
      app.clock.pass(7 * DAY)
      await expect(accept(third.link)).rejects.toMatchObject({ code: 'auth.link_invalid' })
    })

    it('is for admins to give, never for a role of owner, never to somebody who is here', async () => {
      const editor = await person('ed@example.com', 'editor')
      const input = { email: 'x@example.com', role: 'viewer' as const }
      await expect(invite({ ctx: app.context(editor), input })).rejects.toMatchObject({ code: 'auth.forbidden' })
      await expect(invite({ ctx: app.context(), input })).rejects.toMatchObject({ code: 'auth.required' })
      const asOwner = { ...input, role: 'owner' } as unknown as typeof input
      await expect(invite({ ctx: app.context(owner), input: asOwner })).rejects.toMatchObject({
        code: 'request.invalid',
      })
      const known = { ...input, email: editor.email }
      await expect(invite({ ctx: app.context(owner), input: known })).rejects.toMatchObject({ code: 'user.exists' })
    })
  })

  describe('a forgotten password', () => {
    const resets = async (userId: string) =>
      app.database.db.select().from(accountTokens).where(eq(accountTokens.userId, userId))
    const link = async (userId: string) => {
      const row = (await resets(userId)).toSorted((a, b) => (a.id < b.id ? 1 : -1))[0]
      if (!row) throw new Error('no reset was asked for')
      return accountToken(app.keys, row)
    }

    it('is answered alike, and after the same time, whether or not there is such an account', async () => {
      const user = await person('fred@example.com', 'viewer')
      const time = async (email: string) => {
        const started = performance.now()
        expect(await requestReset({ ctx: app.context(), input: { email } })).toBeUndefined()
        return performance.now() - started
      }
      for (const email of [user.email, 'nobody@example.com']) expect(await time(email)).toBeGreaterThan(240)
      expect(await resets(user.id)).toHaveLength(1)
      expect(await app.database.db.$count(messages, eq(messages.to, 'nobody@example.com'))).toBe(0)
    })

    it('is replaced once by a link of an hour, and signs out everywhere', async () => {
      const user = await person('gina@example.com', 'viewer')
      const cookie = await signSession(app, await openSession(app.context(), user.id))
      await requestReset({ ctx: app.context(), input: { email: user.email } })
      await requestReset({ ctx: app.context(), input: { email: user.email } })
      const [one, two] = (await resets(user.id)).map((row) => accountToken(app.keys, row))
      const input = { token: one ?? '', password: 'a new password' }
      await resetPassword({ ctx: app.context(), input })
      await expect(resetPassword({ ctx: app.context(), input })).rejects.toMatchObject({ code: 'auth.link_invalid' })
      await expect(resetPassword({ ctx: app.context(), input: { ...input, token: two ?? '' } })).rejects.toMatchObject({
        code: 'auth.link_invalid',
      })
      expect(await sessionActor(app, cookie)).toBeNull()
      expect(
        await signIn({ ctx: app.context(), input: { email: user.email, password: 'a new password' } }),
      ).toBeTruthy()
      await requestReset({ ctx: app.context(), input: { email: user.email } })
      const late = await link(user.id)
      app.clock.pass(HOUR)
      await expect(resetPassword({ ctx: app.context(), input: { ...input, token: late } })).rejects.toMatchObject({
        code: 'auth.link_invalid',
      })
    })

    it('cannot flood a mailbox', async () => {
      const ask = () => requestReset({ ctx: app.context(), input: { email: 'flood@example.com' } })
      const answers = await Promise.allSettled(Array.from({ length: 6 }, ask))
      expect(answers.filter(({ status }) => status === 'rejected')).toHaveLength(1)
    })
  })

  describe('members', () => {
    it('are seen by admins with open invitations and their links, not by editors', async () => {
      const admin = await person('adam@example.com', 'admin')
      const editor = await person('eva@example.com', 'editor')
      await invite({ ctx: app.context(admin), input: { email: 'zoe@example.com', role: 'viewer' } })
      const list = await listMembers({ ctx: app.context(admin) })
      expect(list.members.map(({ email }) => email)).toContain(owner.email)
      expect(list.invitations.find(({ email }) => email === 'zoe@example.com')?.link).toContain('/invite?token=')
      await expect(listMembers({ ctx: app.context(editor) })).rejects.toMatchObject({ code: 'auth.forbidden' })
    })

    it('never change the owner or themselves', async () => {
      const admin = await person('amy@example.com', 'admin')
      const ctx = app.context(admin)
      for (const id of [owner.id, admin.id]) {
        await expect(changeRole({ ctx, input: { id, role: 'viewer' } })).rejects.toMatchObject({
          code: 'auth.forbidden',
        })
        await expect(setDisabled({ ctx, input: { id, disabled: true } })).rejects.toMatchObject({
          code: 'auth.forbidden',
        })
      }
      const nobody = { id: 'usr_nobody', role: 'viewer' as const }
      await expect(changeRole({ ctx, input: nobody })).rejects.toMatchObject({ code: 'user.not_found' })
    })

    it('leave their changes in the audit', async () => {
      for (const action of [
        'member.invite',
        'member.join',
        'member.change_role',
        'member.disable',
        'account.sign_in',
      ]) {
        expect(await actions()).toContain(action)
      }
    })
  })

  describe('changing the own password', () => {
    const NEXT = 'another quiet evening'

    it('takes the old one, ends every session and lets only the new one in', async () => {
      const user = await person('fay@company.com', 'viewer')
      const ctx = app.context(user)
      const cookie = await signSession(app, await openSession(ctx, user.id))
      expect(await changePassword({ ctx, input: { current: PASSWORD, password: NEXT } })).toEqual({ user_id: user.id })
      expect(await sessionActor(app, cookie)).toBeNull()
      const credentials = (password: string) => ({ ctx: app.context(), input: { email: user.email, password } })
      await expect(signIn(credentials(PASSWORD))).rejects.toMatchObject({ code: 'auth.invalid' })
      expect(await signIn(credentials(NEXT))).toMatchObject({ id: user.id })
      expect(await actions()).toContain('account.change_password')
    })

    it('refuses a wrong old one and a new one that is too short, and changes nothing', async () => {
      const user = await person('gus@company.com', 'viewer')
      const ctx = app.context(user)
      await expect(changePassword({ ctx, input: { current: 'guess', password: NEXT } })).rejects.toMatchObject({
        code: 'request.invalid',
        errors: [{ path: 'current' }],
      })
      await expect(changePassword({ ctx, input: { current: PASSWORD, password: 'short' } })).rejects.toMatchObject({
        errors: [{ path: 'password' }],
      })
      const input = { email: user.email, password: PASSWORD }
      expect(await signIn({ ctx: app.context(), input })).toMatchObject({ id: user.id })
    })

    it('cannot be used to guess a password at a screen left open', async () => {
      const ctx = app.context(await person('hal@company.com', 'viewer'))
      const guess = () => changePassword({ ctx, input: { current: 'guess', password: NEXT } })
      for (let i = 0; i < 10; i++) await expect(guess()).rejects.toMatchObject({ code: 'request.invalid' })
      await expect(guess()).rejects.toMatchObject({ code: 'rate_limit.exceeded' })
    })

    it('is for people with an account', async () => {
      const input = { current: PASSWORD, password: NEXT }
      await expect(changePassword({ ctx: app.context(), input })).rejects.toMatchObject({ code: 'auth.required' })
    })
  })
})
