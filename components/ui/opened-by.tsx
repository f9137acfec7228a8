'use client'
import { cloneElement, type ReactElement, Suspense, useState } from 'react'
import type { LazyPart } from './lazy-part.ts'

/** What a trigger must take: an own `Button` or a plain element does. */
export type TriggerElement = ReactElement<{
  onClick?: () => void
  onPointerEnter?: () => void
  onFocus?: () => void
  'aria-haspopup'?: 'menu' | 'dialog'
  'aria-expanded'?: boolean
}>

interface OpenedByProps<Props> {
  readonly opens: 'menu' | 'dialog'
  /** Draws the trigger itself, and what it opens, at once open. */
  readonly view: LazyPart<Props>
  readonly props: Props
}

/** The button alone, until somebody opens it. The code of what it opens comes when somebody points at it. */
export function OpenedBy<Props extends { readonly trigger: TriggerElement }>(given: OpenedByProps<Props>) {
  const { opens, view: View, props } = given
  const [wanted, setWanted] = useState(false)
  const closed = cloneElement(props.trigger, {
    onClick: () => setWanted(true),
    onPointerEnter: View.preload,
    onFocus: View.preload,
    'aria-haspopup': opens,
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
