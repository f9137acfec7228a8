import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { LiveProvider } from '#components/live/live-provider.tsx'
import { RunResults } from '#components/runs/run-results.tsx'
import { AppShell } from '#components/shell/app-shell.tsx'
import { ThemeProvider } from '#components/theme.tsx'
import { DataProvider } from '#components/trpc.tsx'
import { ToastOutlet } from '#components/ui/toast-outlet.tsx'
import { ViewerTime } from '#components/ui/viewer-time.tsx'
import { getApp } from '#server/api/app.ts'
import { signOutAction } from '#server/auth/actions.ts'
import { getSession } from '#server/auth/page-session.ts'
import { keepTimeZone } from '#server/auth/time-zone.ts'
import { Prefetched, prefetch } from './prefetch.tsx'

export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const { actor, api, trpc, queryClient } = await prefetch('/')
  // The position first: what happens after it comes by the stream, what happened before is in what is read after it.
  const position = await api.live.position()
  await Promise.all([
    queryClient.prefetchQuery(trpc.approvals.counts.queryOptions()),
    // The tour stands above what a page shows: coming later it would push all of it down.
    queryClient.prefetchQuery(trpc.guide.get.queryOptions()),
  ])
  const { name, email, role } = actor
  const requested = await headers()
  const { timeZone = null } = (await getSession()) ?? {}
  const zone = await keepTimeZone(getApp(), { id: actor.id, timeZone }, requested)
  return (
    <ThemeProvider nonce={requested.get('x-nonce') ?? undefined}>
      <ViewerTime zone={zone ?? 'UTC'} now={Date.now()}>
        <DataProvider>
          <Prefetched client={queryClient}>
            <LiveProvider position={position}>
              <AppShell user={{ name, email, role }} signOut={signOutAction}>
                {children}
              </AppShell>
              <RunResults />
              <ToastOutlet />
            </LiveProvider>
          </Prefetched>
        </DataProvider>
      </ViewerTime>
    </ThemeProvider>
  )
}
