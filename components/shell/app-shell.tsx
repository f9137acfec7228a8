'use client'
import { useQuery } from '@tanstack/react-query'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { useTRPC } from '#components/trpc.tsx'
import { AppShellView, type AppShellViewProps } from './app-shell-view.tsx'

const REFRESH_MS = 15_000

export function AppShell({
  user,
  signOut,
  children,
}: Pick<AppShellViewProps, 'user' | 'signOut'> & { children: ReactNode }) {
  const trpc = useTRPC()
  const counts = useQuery(trpc.approvals.counts.queryOptions(undefined, { refetchInterval: REFRESH_MS }))
  return (
    <AppShellView user={user} path={usePathname()} inboxCount={counts.data?.mine ?? 0} signOut={signOut}>
      {children}
    </AppShellView>
  )
}
