import { clsx } from 'clsx'
import { LogOut } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { Button } from '#components/ui/button.tsx'
import type { Role } from '#lib/permissions.ts'
import { Logo } from './logo.tsx'
import { isCurrent, navFor } from './nav-items.ts'
import { ThemeToggle } from './theme-toggle.tsx'
import { PAGE_FRAME } from './wide-page.tsx'

export interface ShellUser {
  readonly name: string | null
  readonly email: string
  readonly role: Role
}

export interface AppShellViewProps {
  readonly user: ShellUser
  readonly path: string
  /** What waits for this person; 0 shows nothing. */
  readonly inboxCount: number
  /** Where the sign-out form posts to. */
  readonly signOut: string | ((form: FormData) => void | Promise<void>)
  readonly children: ReactNode
}

/** A sidebar on wide screens; a bar and a row of links, which scrolls by itself, on narrow ones. */
export function AppShellView({ user, path, inboxCount, signOut, children }: AppShellViewProps) {
  return (
    <div className="min-h-dvh [--shell-top:5.25rem] lg:grid lg:[--shell-top:0px] lg:grid-cols-[13.5rem_minmax(0,1fr)]">
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-md focus:bg-surface focus:px-3 focus:py-2 focus:shadow-float"
      >
        Skip to the content
      </a>
      <header className="border-b bg-sunken lg:sticky lg:top-0 lg:flex lg:h-dvh lg:flex-col lg:border-r lg:border-b-0">
        <div className="flex items-center justify-between gap-3 px-4 pt-2.5 lg:px-4 lg:pt-4">
          <Link href="/" className="flex items-center gap-2 rounded-md py-1 font-semibold tracking-tight">
            <Logo className="size-5" />
            Scaff
          </Link>
          <div className="flex items-center gap-1 lg:hidden">
            <ThemeToggle />
            <SignOut action={signOut} compact />
          </div>
        </div>
        <Navigation role={user.role} path={path} inboxCount={inboxCount} />
        <div className="mt-auto hidden gap-3 border-t p-3 lg:grid">
          <div className="min-w-0 px-1">
            <p className="truncate text-[0.8125rem] font-medium" title={user.email}>
              {user.name ?? user.email}
            </p>
            <p className="text-xs text-ink-subtle capitalize">{user.role}</p>
          </div>
          <div className="flex items-center justify-between">
            <ThemeToggle />
            <SignOut action={signOut} />
          </div>
        </div>
      </header>
      <main id="content" tabIndex={-1} className="min-w-0 outline-none">
        <div className={PAGE_FRAME}>{children}</div>
      </main>
    </div>
  )
}

interface NavigationProps {
  readonly role: Role
  readonly path: string
  readonly inboxCount: number
}

function Navigation({ role, path, inboxCount }: NavigationProps) {
  return (
    <nav aria-label="Main" className="overflow-x-auto px-2 py-1.5 lg:px-2 lg:py-4">
      <ul className="flex gap-0.5 lg:flex-col">
        {navFor(role).map((item) => {
          const current = isCurrent(item, path)
          const count = item.href === '/inbox' ? inboxCount : 0
          return (
            <li key={item.href}>
              <Link
                href={item.href}
                aria-current={current ? 'page' : undefined}
                className={clsx(
                  'flex h-8 items-center gap-2 rounded-md px-2 text-sm whitespace-nowrap transition-colors',
                  current ? 'bg-hover font-medium text-ink' : 'text-ink-muted hover:bg-hover hover:text-ink',
                )}
              >
                <item.icon aria-hidden="true" className="size-4 shrink-0 max-sm:hidden" />
                {item.label}
                {count > 0 && (
                  <span className="tabular ml-auto rounded-full bg-accent px-1.5 text-[0.6875rem] leading-4 font-medium text-accent-on">
                    {count > 99 ? '99+' : count}
                    <span className="sr-only"> waiting for you</span>
                  </span>
                )}
              </Link>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}

function SignOut({ action, compact }: { readonly action: AppShellViewProps['signOut']; readonly compact?: boolean }) {
  return (
    <form action={action} {...(typeof action === 'string' ? { method: 'post' } : {})}>
      <Button
        type="submit"
        variant="ghost"
        size={compact ? 'icon' : 'sm'}
        aria-label={compact ? 'Sign out' : undefined}
        title="Sign out"
      >
        <LogOut aria-hidden="true" />
        {!compact && 'Sign out'}
      </Button>
    </form>
  )
}
