'use client'
import { cloneElement, lazy, type ReactNode, Suspense, useState } from 'react'
import type { TriggerElement } from './dropdown-menu.tsx'

export interface PopoverProps {
  readonly trigger: TriggerElement
  /** What it is, for screen readers. */
  readonly label: string
  readonly align?: 'start' | 'center' | 'end'
  readonly side?: 'top' | 'bottom'
  /** With a function the content can close it. */
  readonly children: ReactNode | ((close: () => void) => ReactNode)
  readonly className?: string
}

const load = () => import('./popover-view.tsx')
const View = lazy(async () => ({ default: (await load()).PopoverView }))

/** A small panel at a button, e.g. for a filter, on Radix. Its code comes when somebody points at the button, or opens it. */
export function Popover(props: PopoverProps) {
  const [wanted, setWanted] = useState(false)
  const closed = cloneElement(props.trigger, {
    onClick: () => setWanted(true),
    onPointerEnter: () => void load(),
    onFocus: () => void load(),
    'aria-haspopup': 'dialog',
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
