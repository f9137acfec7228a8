'use client'
import { ChevronsUpDown, CircleUser, Keyboard, LogOut, Monitor, Moon, Sun } from 'lucide-react'
import { DropdownMenu } from '#components/ui/dropdown-menu.tsx'
import { initials } from './initials.ts'
import type { ShellUser, Theme } from './shell-types.ts'

interface UserMenuProps {
  readonly user: ShellUser
  readonly theme: Theme | null
  readonly onTheme: (theme: Theme) => void
  readonly onHelp: () => void
  readonly onSignOut: () => void
}

export function UserMenu({ user, theme, onTheme, onHelp, onSignOut }: UserMenuProps) {
  return (
    <DropdownMenu
      side="top"
      align="start"
      trigger={
        <button
          type="button"
          className="flex w-full items-center gap-2.5 rounded-md p-1.5 text-start transition-colors hover:bg-hover data-[state=open]:bg-hover"
        >
          <span className="sr-only">Account</span>
          <Person user={user} />
          <ChevronsUpDown aria-hidden="true" className="ms-auto size-4 shrink-0 text-ink-subtle" />
        </button>
      }
      header={<p className="text-xs break-all text-ink-muted">{user.email}</p>}
      items={[
        { label: 'Light', icon: Sun, checked: theme === 'light', onSelect: () => onTheme('light') },
        { label: 'Dark', icon: Moon, checked: theme === 'dark', onSelect: () => onTheme('dark') },
        { label: 'As the system', icon: Monitor, checked: theme === 'system', onSelect: () => onTheme('system') },
        null,
        { label: 'Account', icon: CircleUser, href: '/settings/account' },
        { label: 'Keyboard shortcuts', icon: Keyboard, keys: ['?'], onSelect: onHelp },
        { label: 'Sign out', icon: LogOut, onSelect: onSignOut },
      ]}
    />
  )
}

/** Who is signed in, in two short lines. */
export function Person({ user }: { readonly user: ShellUser }) {
  return (
    <span className="flex min-w-0 items-center gap-2.5">
      <span
        aria-hidden="true"
        className="grid size-7 shrink-0 place-items-center rounded-full bg-accent-soft text-xs font-medium text-accent-ink"
      >
        {initials(user.name ?? user.email)}
      </span>
      <span className="min-w-0 leading-tight">
        <span className="block truncate text-[0.8125rem] font-medium">
          <bdi>{user.name ?? user.email}</bdi>
        </span>
        <span className="block text-xs text-ink-subtle capitalize">{user.role}</span>
      </span>
    </span>
  )
}
