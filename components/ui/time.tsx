'use client'
import { ago, utc } from './time-format.ts'
import { useClock } from './viewer-time.tsx'

/** "3 min ago", kept up to date; "in 2 h" for what is to come. */
export function RelativeTime({ at, className }: { readonly at: string; readonly className?: string }) {
  return (
    <time dateTime={at} title={utc(at)} className={className}>
      {ago(at, useClock())}
    </time>
  )
}
