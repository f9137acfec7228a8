'use client'
import type { ReactNode } from 'react'
import { lazyPart } from './lazy-part.ts'
import type { MenuEntry } from './menu-items.ts'
import { OpenedBy, type TriggerElement } from './opened-by.tsx'

export interface DropdownMenuProps {
  /** The button that opens it; say with `aria-label` what it holds where it shows an icon only. */
  readonly trigger: TriggerElement
  readonly items: readonly MenuEntry[]
  /** Above the items: e.g. who is signed in. */
  readonly header?: ReactNode
  readonly align?: 'start' | 'end'
  readonly side?: 'top' | 'bottom'
}

const View = lazyPart(async () => (await import('./dropdown-menu-view.tsx')).DropdownMenuView)

/** A menu of actions on Radix. */
export function DropdownMenu(props: DropdownMenuProps) {
  return <OpenedBy opens="menu" view={View} props={props} />
}
