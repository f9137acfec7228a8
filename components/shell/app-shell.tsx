'use client'
import { useQuery } from '@tanstack/react-query'
import { usePathname } from 'next/navigation'
import { useTheme } from 'next-themes'
import { type ReactNode, useRef, useState, useSyncExternalStore } from 'react'
import { GuideDock } from '#components/guide/guide-dock.tsx'
import { useLive } from '#components/live/use-live.ts'
import { PaletteHost, type PalettePart } from '#components/palette/palette-host.tsx'
import { forgetPages } from '#components/palette/recent-pages.ts'
import { useTRPC } from '#components/trpc.tsx'
import { useThrottled } from '#components/ui/use-throttled.ts'
import { AppShellView } from './app-shell-view.tsx'
import { type ShellUser, THEMES, type Theme } from './shell-types.ts'

interface AppShellProps {
  readonly user: ShellUser
  readonly signOut: (form: FormData) => void | Promise<void>
  readonly children: ReactNode
}

export function AppShell({ user, signOut, children }: AppShellProps) {
  const [part, setPart] = useState<PalettePart | null>(null)
  const [theme, setTheme] = useKnownTheme()
  const leave = useRef<HTMLFormElement>(null)
  const onSignOut = () => {
    forgetPages()
    leave.current?.requestSubmit()
  }
  return (
    <>
      <AppShellView
        user={user}
        path={usePathname()}
        inboxCount={useInboxCount()}
        theme={theme}
        onTheme={setTheme}
        onSearch={() => setPart('palette')}
        onHelp={() => setPart('help')}
        onSignOut={onSignOut}
        dock={<GuideDock />}
      >
        {children}
      </AppShellView>
      <PaletteHost role={user.role} part={part} onPart={setPart} onTheme={setTheme} onSignOut={onSignOut} />
      <form ref={leave} action={signOut} hidden />
    </>
  )
}

/** The count follows events; this is the net. */
const REFRESH_MS = 120_000
const LOOK_MS = 500

function useInboxCount(): number {
  const trpc = useTRPC()
  const counts = useQuery(trpc.approvals.counts.queryOptions(undefined, { refetchInterval: REFRESH_MS }))
  const look = useThrottled(() => void counts.refetch(), LOOK_MS)
  useLive((events) => {
    if (events.length === 0 || events.some(({ type }) => type.startsWith('wait.'))) look()
  })
  return counts.data?.mine ?? 0
}

const never = () => () => {}

/** Only the browser knows the choice; until then it is null, so that server and browser agree. */
function useKnownTheme(): readonly [Theme | null, (theme: Theme) => void] {
  const { theme, setTheme } = useTheme()
  const known = useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
  return [known ? (THEMES.find((each) => each === theme) ?? null) : null, setTheme]
}
