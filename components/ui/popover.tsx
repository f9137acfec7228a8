'use client'
import { cloneElement, type ReactNode, Suspense, useState } from 'react'
import type { TriggerElement } from './dropdown-menu.tsx'
import { lazyPart } from './lazy-part.ts'

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

const View = lazyPart(async () => (await import('./popover-view.tsx')).PopoverView)

/** A small panel at a button, e.g. for a filter, on Radix. Its code comes when somebody points at the button, or opens it. */
export function Popover(props: PopoverProps) {
  const [wanted, setWanted] = useState(false)
  const closed = cloneElement(props.trigger, {
    onClick: () => setWanted(true),
    onPointerEnter: View.preload,
    onFocus: View.preload,
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
