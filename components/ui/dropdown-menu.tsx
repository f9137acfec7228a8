'use client'
import { cloneElement, type ReactElement, type ReactNode, Suspense, useState } from 'react'
import { lazyPart } from './lazy-part.ts'
import type { MenuEntry } from './menu-items.ts'

/** What a trigger must take: an own `Button` or a plain element does. */
export type TriggerElement = ReactElement<{
  onClick?: () => void
  onPointerEnter?: () => void
  onFocus?: () => void
  'aria-haspopup'?: 'menu' | 'dialog'
  'aria-expanded'?: boolean
}>

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

/** A menu of actions on Radix. Its code comes when somebody points at the button, or opens it. */
export function DropdownMenu(props: DropdownMenuProps) {
  const [wanted, setWanted] = useState(false)
  const closed = cloneElement(props.trigger, {
    onClick: () => setWanted(true),
    onPointerEnter: View.preload,
    onFocus: View.preload,
    'aria-haspopup': 'menu',
    'aria-expanded': false,
  })
  return wanted ? (
    <Suspense fallback={closed}>
      <View {...props} />
    </Suspense>
  ) : (
    closed
  )
}
