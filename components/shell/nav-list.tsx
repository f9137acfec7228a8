'use client'
import { clsx } from 'clsx'
import { LoaderCircle } from 'lucide-react'
import Link, { useLinkStatus } from 'next/link'
import type { Role } from '#lib/permissions.ts'
import { isCurrent, type NavItem, navFor } from './nav-items.ts'

interface NavListProps {
  readonly role: Role
  readonly path: string
  readonly inboxCount: number
  /** Higher lines, for fingers. */
  readonly roomy?: boolean
  readonly onNavigate?: () => void
}

export function NavList({ role, path, inboxCount, roomy = false, onNavigate }: NavListProps) {
  return (
    <ul className="grid gap-0.5">
      {navFor(role).map((item) => {
        const current = isCurrent(item, path)
        return (
          <li key={item.href}>
            <Link
              href={item.href}
              onClick={onNavigate}
              aria-current={current ? 'page' : undefined}
              className={clsx(
                'flex items-center gap-2.5 rounded-md px-2 whitespace-nowrap transition-colors',
                roomy ? 'h-11 text-base' : 'h-8 text-sm',
                current ? 'bg-hover font-medium text-ink' : 'text-ink-muted hover:bg-hover hover:text-ink',
              )}
            >
              <NavIcon icon={item.icon} />
              {item.label}
              {item.href === '/inbox' && <WaitingCount count={inboxCount} className="ms-auto" />}
            </Link>
          </li>
        )
      })}
    </ul>
  )
}

/** Turns while its page is on the way, for those where that takes a moment. */
function NavIcon({ icon: Icon }: Pick<NavItem, 'icon'>) {
  const { pending } = useLinkStatus()
  return (
    <span className="grid size-4 shrink-0 place-items-center">
      {pending ? (
        <LoaderCircle aria-hidden="true" className="motion-late size-4" />
      ) : (
        <Icon aria-hidden="true" className="size-4" />
      )}
    </span>
  )
}

interface WaitingCountProps {
  readonly count: number
  readonly className?: string
}

/** How much waits in the inbox; nothing when nothing does. */
export function WaitingCount({ count, className }: WaitingCountProps) {
  if (count === 0) return null
  return (
    <span
      className={clsx(
        'tabular min-w-4.5 rounded-full bg-accent px-1.5 text-center text-xs leading-4.5 font-medium text-accent-on',
        className,
      )}
    >
      {count > 99 ? '99+' : count}
      <span className="sr-only"> waiting for you</span>
    </span>
  )
}
