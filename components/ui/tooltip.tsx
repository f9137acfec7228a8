'use client'
import { type ReactElement, Suspense, useEffect, useId, useRef, useState } from 'react'
import { lazyPart } from './lazy-part.ts'

export interface TooltipProps {
  /** A few words that add to what is seen. Never the only name of a control: that is its label. */
  readonly text: string
  readonly keys?: readonly string[]
  readonly side?: 'top' | 'bottom' | 'left' | 'right'
  /** One control or other focusable element. */
  readonly children: ReactElement
}

const REST_MS = 350
const View = lazyPart(async () => (await import('./tooltip-view.tsx')).TooltipView)

/**
 * Words that appear when the pointer rests on something or the keyboard reaches it; Escape takes them away. What is
 * around the control costs no layout, and the code that places the words comes with the first of them.
 */
export function Tooltip({ text, keys, side = 'top', children }: TooltipProps) {
  const [anchor, setAnchor] = useState<Element | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const id = useId()

  const stop = () => clearTimeout(timer.current)
  const hide = () => {
    stop()
    timer.current = setTimeout(() => setAnchor(null), 80)
  }
  const show = (target: Element, after: number) => {
    stop()
    View.preload()
    timer.current = setTimeout(() => setAnchor(target), after)
  }
  useEffect(() => () => clearTimeout(timer.current), [])
  useEffect(() => {
    if (!anchor) return
    anchor.setAttribute('aria-describedby', id)
    const onEscape = (event: KeyboardEvent) => event.key === 'Escape' && setAnchor(null)
    document.addEventListener('keydown', onEscape)
    return () => {
      anchor.removeAttribute('aria-describedby')
      document.removeEventListener('keydown', onEscape)
    }
  }, [anchor, id])

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only watches the control inside
    <span
      className="contents"
      onPointerEnter={(event) => {
        const target = event.currentTarget.firstElementChild
        if (target && event.pointerType !== 'touch') show(target, REST_MS)
      }}
      onPointerLeave={hide}
      onPointerDown={() => {
        stop()
        setAnchor(null)
      }}
      onFocus={(event) => {
        if (event.target.matches(':focus-visible')) show(event.currentTarget.firstElementChild ?? event.target, 0)
      }}
      onBlur={hide}
    >
      {children}
      {anchor && (
        <Suspense>
          <View id={id} text={text} keys={keys} side={side} anchor={anchor} onEnter={stop} onLeave={hide} />
        </Suspense>
      )}
    </span>
  )
}
