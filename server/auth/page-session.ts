import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import { getApp } from '#server/api/app.ts'
import { serviceContext } from '#server/api/context.ts'
import type { ServiceContext } from '#server/services/context.ts'
import { sessionActor, type UserActor } from './session.ts'
import { readSessionCookie } from './session-cookie.ts'

/** Who is signed in in this browser; null: nobody. For server components and actions; asked once per request. */
export const getSessionActor = cache(async (): Promise<UserActor | null> => {
  const cookie = readSessionCookie(await headers())
  return cookie === null ? null : ((await sessionActor(getApp(), cookie))?.actor ?? null)
})

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
