'use client'
import { useQuery } from '@tanstack/react-query'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { useLive } from '#components/live/use-live.ts'
import { useTRPC } from '#components/trpc.tsx'
import { useThrottled } from '#components/ui/use-throttled.ts'
import { AppShellView, type AppShellViewProps } from './app-shell-view.tsx'

/** The count follows events; this is the net. */
const REFRESH_MS = 120_000

export function AppShell({
  user,
  signOut,
  children,
}: Pick<AppShellViewProps, 'user' | 'signOut'> & { children: ReactNode }) {
  const trpc = useTRPC()
  const counts = useQuery(trpc.approvals.counts.queryOptions(undefined, { refetchInterval: REFRESH_MS }))
  const look = useThrottled(() => void counts.refetch(), 500)
  useLive((events) => {
    if (events.length === 0 || events.some(({ type }) => type.startsWith('wait.'))) look()
  })
  return (
    <AppShellView user={user} path={usePathname()} inboxCount={counts.data?.mine ?? 0} signOut={signOut}>
      {children}
    </AppShellView>
  )
}
