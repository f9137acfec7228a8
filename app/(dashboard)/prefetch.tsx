import { dehydrate, HydrationBoundary, type QueryClient } from '@tanstack/react-query'
import { TRPCError } from '@trpc/server'
import { createTRPCOptionsProxy, type TRPCOptionsProxy } from '@trpc/tanstack-react-query'
import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { makeQueryClient } from '#components/query-client.ts'
import { type AppRouter, appRouter } from '#server/api/root.ts'
import { signedInContext } from '#server/auth/page-session.ts'
import type { UserActor } from '#server/auth/session.ts'

export interface Prefetch {
  readonly actor: UserActor
  readonly trpc: TRPCOptionsProxy<AppRouter>
  /** The same procedures, called directly. */
  readonly api: ReturnType<typeof appRouter.createCaller>
  readonly queryClient: QueryClient
}

/** For pages of signed-in people: their data by the same procedures that the browser calls, under the same keys. */
export async function prefetch(returnTo: string): Promise<Prefetch> {
  const ctx = await signedInContext(returnTo)
  const queryClient = makeQueryClient()
  const trpc = createTRPCOptionsProxy({ router: appRouter, ctx, queryClient })
  return { actor: ctx.actor, trpc, api: appRouter.createCaller(ctx), queryClient }
}

/** Sends what was fetched along with the page, so that it is complete at the first paint. */
export function Prefetched({ client, children }: { readonly client: QueryClient; readonly children: ReactNode }) {
  return <HydrationBoundary state={dehydrate(client)}>{children}</HydrationBoundary>
}

/** Answers the not-found page for what is not there; everything else stays an error. */
export async function orNotFound<T>(fetching: Promise<T>): Promise<T> {
  try {
    return await fetching
  } catch (error) {
    if (error instanceof TRPCError && error.code === 'NOT_FOUND') notFound()
    throw error
  }
}
