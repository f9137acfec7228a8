import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { AppShell } from '#components/shell/app-shell.tsx'
import { ThemeProvider } from '#components/theme.tsx'
import { DataProvider } from '#components/trpc.tsx'
import { signOutAction } from '#server/auth/actions.ts'
import { Prefetched, prefetch } from './prefetch.tsx'

export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const { actor, trpc, queryClient } = await prefetch('/')
  await queryClient.prefetchQuery(trpc.approvals.counts.queryOptions())
  const { name, email, role } = actor
  return (
    <ThemeProvider nonce={(await headers()).get('x-nonce') ?? undefined}>
      <DataProvider>
        <Prefetched client={queryClient}>
          <AppShell user={{ name, email, role }} signOut={signOutAction}>
            {children}
          </AppShell>
        </Prefetched>
      </DataProvider>
    </ThemeProvider>
  )
}
