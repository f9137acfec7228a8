'use server'

import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { safeReturnTo } from '#lib/safe-redirect.ts'
import { acceptInvite } from '#server/services/accounts/accept-invite.ts'
import { changePassword } from '#server/services/accounts/change-password.ts'
import { requestReset } from '#server/services/accounts/request-reset.ts'
import { resetPassword } from '#server/services/accounts/reset-password.ts'
import { setUp } from '#server/services/accounts/set-up.ts'
import { signIn } from '#server/services/accounts/sign-in.ts'
import type { ServiceContext } from '#server/services/context.ts'
import { type AccountFormState, answerForm, field } from './account-form.ts'
import { pageContext } from './page-session.ts'
import { openSession, revokeSession, sessionActor, signSession } from './session.ts'
import { readSessionCookie, sessionCookie } from './session-cookie.ts'
import { keepTimeZone } from './time-zone.ts'

/** Fields: email, password, returnTo?. Signs in and goes to `returnTo`, else to the start page. */
export async function signInAction(_before: AccountFormState, form: FormData): Promise<AccountFormState> {
  const { failure } = await answerForm(form, async (ctx) => {
    const user = await signIn({ ctx, input: { email: field(form, 'email'), password: field(form, 'password') } })
    await startSession(ctx, user.id)
  })
  return failure ?? redirect(safeReturnTo(field(form, 'returnTo')))
}

/** Ends this browser's session, also on the server. */
export async function signOutAction(): Promise<void> {
  const ctx = await pageContext()
  const cookie = readSessionCookie(await headers())
  const session = cookie === null ? null : await sessionActor(ctx.app, cookie)
  if (session !== null) await revokeSession({ ...ctx, actor: session.actor }, session.sid)
  const jar = await cookies()
  jar.delete(sessionCookie(ctx.app.env.appUrl).name)
  redirect('/login')
}

/** Fields: token, email, name?, password. Makes the owner and signs them in. */
export async function setUpAction(_before: AccountFormState, form: FormData): Promise<AccountFormState> {
  const { failure } = await answerForm(form, async (ctx) => {
    const input = {
      token: field(form, 'token'),
      email: field(form, 'email'),
      name: field(form, 'name'),
      password: field(form, 'password'),
    }
    await startSession(ctx, (await setUp({ ctx, input })).user_id)
  })
  return failure ?? redirect('/')
}

/** Fields: token, name?, password. Makes the invited account and signs it in. */
export async function acceptInviteAction(_before: AccountFormState, form: FormData): Promise<AccountFormState> {
  const { failure } = await answerForm(form, async (ctx) => {
    const input = { token: field(form, 'token'), name: field(form, 'name'), password: field(form, 'password') }
    await startSession(ctx, (await acceptInvite({ ctx, input })).user_id)
  })
  return failure ?? redirect('/')
}

/** Field: email. `done` whether or not there is such an account. */
export async function requestResetAction(_before: AccountFormState, form: FormData): Promise<AccountFormState> {
  const { failure } = await answerForm(form, (ctx) => requestReset({ ctx, input: { email: field(form, 'email') } }))
  return failure ?? { error: null, fields: {}, values: {}, done: true }
}

/** Fields: token, password. Afterwards every session has ended, so it goes to the sign-in page. */
export async function resetPasswordAction(_before: AccountFormState, form: FormData): Promise<AccountFormState> {
  const { failure } = await answerForm(form, (ctx) =>
    resetPassword({ ctx, input: { token: field(form, 'token'), password: field(form, 'password') } }),
  )
  return failure ?? redirect('/login?reset=done')
}

/** Fields: current, password. Ends every session of the person and begins a new one in this browser. */
export async function changePasswordAction(_before: AccountFormState, form: FormData): Promise<AccountFormState> {
  const { failure } = await answerForm(form, async (ctx) => {
    const input = { current: field(form, 'current'), password: field(form, 'password') }
    await startSession(ctx, (await changePassword({ ctx, input })).user_id)
  })
  return failure ?? { error: null, fields: {}, values: {}, done: true }
}

async function startSession(ctx: ServiceContext, userId: string): Promise<void> {
  const { name, options } = sessionCookie(ctx.app.env.appUrl)
  const jar = await cookies()
  jar.set(name, await signSession(ctx.app, await openSession(ctx, userId)), options)
  await keepTimeZone(ctx.app, { id: userId, timeZone: null }, await headers())
}
