'use client'
import { type ReactNode, useEffect, useRef } from 'react'

/** Is where the keyboard and a screen reader go on: what they were at, a form that was sent, is gone. */
export function TakeFocus({ className, children }: { readonly className?: string; readonly children: ReactNode }) {
  const ref = useRef<HTMLDivElement>(null)
  useEffect(() => ref.current?.focus(), [])
  return (
    <div ref={ref} tabIndex={-1} className={className}>
      {children}
    </div>
  )
}
