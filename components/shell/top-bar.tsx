'use client'
import { Inbox, Menu, Search } from 'lucide-react'
import Link from 'next/link'
import { Logo } from './logo.tsx'
import { WaitingCount } from './nav-list.tsx'

interface TopBarProps {
  readonly inboxCount: number
  readonly menuOpen: boolean
  readonly onMenu: () => void
  readonly onSearch: () => void
}

const spot =
  'relative grid size-10 place-items-center rounded-md text-ink-muted hover:bg-hover hover:text-ink [&>svg]:size-5'

/** The head of the app on narrow screens. */
export function TopBar({ inboxCount, menuOpen, onMenu, onSearch }: TopBarProps) {
  return (
    <div className="flex h-12 items-center gap-1 px-1.5 lg:hidden">
      <button
        type="button"
        aria-label="Menu"
        aria-haspopup="dialog"
        aria-expanded={menuOpen}
        onClick={onMenu}
        className={spot}
      >
        <Menu aria-hidden="true" />
      </button>
      <div className="flex-1">
        <Home />
      </div>
      <button type="button" aria-label="Search" aria-haspopup="dialog" onClick={onSearch} className={spot}>
        <Search aria-hidden="true" />
      </button>
      <Link
        href="/inbox"
        aria-label={inboxCount > 0 ? `Inbox, ${inboxCount} waiting for you` : 'Inbox'}
        className={spot}
      >
        <Inbox aria-hidden="true" />
        <span aria-hidden="true" className="absolute end-0 top-0.5">
          <WaitingCount count={inboxCount} />
        </span>
      </Link>
    </div>
  )
}

export function Home() {
  return (
    <Link href="/" className="flex w-fit items-center gap-2 rounded-md px-2 py-1 font-semibold tracking-tight">
      <Logo className="size-5" />
      Scaff
    </Link>
  )
}
