'use client'
import { type ReactNode, useState } from 'react'
import { Sheet } from '#components/ui/sheet.tsx'
import { NavList } from './nav-list.tsx'
import { SearchButton } from './search-button.tsx'
import type { ShellUser, Theme } from './shell-types.ts'
import { ThemeToggle } from './theme-toggle.tsx'
import { Home, TopBar } from './top-bar.tsx'
import { Person, UserMenu } from './user-menu.tsx'
import { PAGE_FRAME } from './wide-page.tsx'

export interface AppShellViewProps {
  readonly user: ShellUser
  readonly path: string
  /** What waits for this person; 0 shows nothing. */
  readonly inboxCount: number
  /** null until the browser has said it. */
  readonly theme: Theme | null
  readonly onTheme: (theme: Theme) => void
  readonly onSearch: () => void
  readonly onHelp: () => void
  readonly onSignOut: () => void
  /** A small thing at the bottom of the sidebar. */
  readonly dock?: ReactNode
  readonly children: ReactNode
}

/** A sidebar on wide screens; on narrow ones a bar whose menu opens at the side. */
export function AppShellView(props: AppShellViewProps) {
  const { user, path, inboxCount, theme, onTheme, onSearch, onHelp, onSignOut, dock, children } = props
  const [menu, setMenu] = useState(false)
  const nav = { role: user.role, path, inboxCount }
  return (
    <div className="min-h-dvh [--shell-top:3rem] lg:grid lg:grid-cols-[14rem_minmax(0,1fr)] lg:[--shell-top:0px]">
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:fixed focus:start-2 focus:top-2 focus:z-50 focus:rounded-md focus:bg-surface focus:px-3 focus:py-2 focus:shadow-float"
      >
        Skip to the content
      </a>
      <header className="sticky top-0 z-30 border-b bg-sunken lg:flex lg:h-dvh lg:flex-col lg:border-e lg:border-b-0">
        <TopBar inboxCount={inboxCount} menuOpen={menu} onMenu={() => setMenu(true)} onSearch={onSearch} />
        <div className="grid gap-3 px-3 pt-4 max-lg:hidden">
          <Home />
          <SearchButton onClick={onSearch} />
        </div>
        <nav aria-label="Main" className="min-h-0 overflow-y-auto p-3 max-lg:hidden">
          <NavList {...nav} />
        </nav>
        <div className="mt-auto min-w-0 lg:px-3">{dock}</div>
        <div className="p-3 max-lg:hidden">
          <UserMenu user={user} theme={theme} onTheme={onTheme} onHelp={onHelp} onSignOut={onSignOut} />
        </div>
      </header>
      <main id="content" tabIndex={-1} className="min-w-0 pb-(--shell-bottom,0px) outline-none">
        <div className={PAGE_FRAME}>{children}</div>
      </main>
      <Sheet open={menu} onOpenChange={setMenu} title="Scaff" side="start" narrow>
        <div className="flex min-h-full flex-col justify-between gap-6">
          <nav aria-label="Main">
            <NavList {...nav} roomy onNavigate={() => setMenu(false)} />
          </nav>
          <div className="grid gap-4 border-t pt-4">
            <Person user={user} />
            <div className="flex items-center justify-between gap-2">
              <ThemeToggle theme={theme} onTheme={onTheme} />
              <button
                type="button"
                onClick={onSignOut}
                className="h-8 rounded-md px-2.5 text-sm font-medium text-ink-muted hover:bg-hover hover:text-ink"
              >
                Sign out
              </button>
            </div>
          </div>
        </div>
      </Sheet>
    </div>
  )
}
