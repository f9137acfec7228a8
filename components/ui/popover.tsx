'use client'
import type { ReactNode } from 'react'
import { lazyPart } from './lazy-part.ts'
import { OpenedBy, type TriggerElement } from './opened-by.tsx'

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

/** A small panel at a button, e.g. for a filter, on Radix. */
export function Popover(props: PopoverProps) {
  return <OpenedBy opens="dialog" view={View} props={props} />
}
