'use client'
import { useEffect, useState } from 'react'
import { inZone, utc } from './time-format.ts'

interface DateTimeProps {
  readonly at: string
  /** Seconds where what is listed follows fast. */
  readonly precision?: 'minute' | 'second'
  readonly className?: string
}

/** An instant in the viewer's zone, UTC on hover. Rendered as UTC on the server, which does not know the zone. */
export function DateTime({ at, precision, className }: DateTimeProps) {
  const [text, setText] = useState(() => utc(at))
  useEffect(() => setText(inZone(at, precision)), [at, precision])
  return (
    <time dateTime={at} title={utc(at)} className={className}>
      {text}
    </time>
  )
}
