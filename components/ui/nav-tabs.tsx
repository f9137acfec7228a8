'use client'
import { clsx } from 'clsx'
import Link from 'next/link'
import type { ReactNode } from 'react'

export interface NavTab {
  readonly href: string
  readonly label: ReactNode
  readonly current: boolean
  readonly count?: number
}

interface NavTabsProps {
  readonly label: string
  readonly tabs: readonly NavTab[]
  /** Goes there without asking the server, where the page has all it needs. The address is written by whoever takes this. */
  readonly onSelect?: (href: string) => void
}

/** Tabs that are links: each has an address of its own, works without scripts and survives a reload. */
export function NavTabs({ label, tabs, onSelect }: NavTabsProps) {
  return (
    <nav aria-label={label} className="-mx-4 overflow-x-auto border-b px-4 sm:mx-0 sm:px-0">
      <ul className="flex gap-5">
        {tabs.map((tab) => (
          <li key={tab.href}>
            <Link
              ref={tab.current ? reveal : undefined}
              href={tab.href}
              scroll={false}
              prefetch={onSelect ? false : null}
              onClick={(event) => {
                // Whoever wants it in another tab or window gets it there.
                if (!onSelect || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
                event.preventDefault()
                onSelect(tab.href)
              }}
              aria-current={tab.current ? 'page' : undefined}
              className={clsx(
                '-mb-px flex h-9 items-center gap-1.5 border-b-2 text-sm whitespace-nowrap transition-colors',
                tab.current ? 'border-ink font-medium text-ink' : 'border-transparent text-ink-muted hover:text-ink',
              )}
            >
              {tab.label}
              {tab.count !== undefined && (
                <span className="tabular rounded bg-hover px-1.5 text-xs text-ink-muted">{tab.count}</span>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** On a phone the row may be wider than the screen: it begins where the current tab is in sight. */
function reveal(tab: HTMLElement | null): void {
  const row = tab?.closest('nav')
  if (!tab || !row) return
  const { left, right } = tab.getBoundingClientRect()
  const frame = row.getBoundingClientRect()
  if (right > frame.right) row.scrollLeft += right - frame.right + 16
  else if (left < frame.left) row.scrollLeft -= frame.left - left + 16
}
