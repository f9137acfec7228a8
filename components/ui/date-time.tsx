'use client'
import { inZone, utc } from './time-format.ts'
import { useZone } from './viewer-time.tsx'

interface DateTimeProps {
  readonly at: string
  /** Seconds where what is listed follows fast. */
  readonly precision?: 'minute' | 'second'
  readonly className?: string
}

/** An instant in the viewer's zone, UTC on hover. */
export function DateTime({ at, precision, className }: DateTimeProps) {
  return (
    <time dateTime={at} title={utc(at)} className={className}>
      {inZone(at, useZone(), precision)}
    </time>
  )
}
