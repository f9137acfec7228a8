import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import { getApp } from '#server/api/app.ts'
import { serviceContext } from '#server/api/context.ts'
import type { ServiceContext } from '#server/services/context.ts'
import { type Session, sessionActor, type UserActor } from './session.ts'
import { readSessionCookie } from './session-cookie.ts'

/** The session of this browser; null: nobody is signed in. For server components and actions; asked once per request. */
export const getSession = cache(async (): Promise<Session | null> => {
  const cookie = readSessionCookie(await headers())
  return cookie === null ? null : sessionActor(getApp(), cookie)
})

export async function getSessionActor(): Promise<UserActor | null> {
  return (await getSession())?.actor ?? null
}

/** What a page hands to service verbs; `actor` is null for those that need no account. */
export async function pageContext(): Promise<ServiceContext> {
  return serviceContext(getApp(), await headers(), await getSessionActor())
}

/** The same for pages of signed-in people: everybody else is sent to the sign-in page and back to `returnTo` from there. */
export async function signedInContext(returnTo: string): Promise<ServiceContext & { readonly actor: UserActor }> {
  const actor = await getSessionActor()
  if (actor === null) redirect(`/login?returnTo=${encodeURIComponent(returnTo)}`)
  return { ...serviceContext(getApp(), await headers(), actor), actor }
}
