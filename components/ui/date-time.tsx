'use client'
import { useEffect, useState } from 'react'
import { inZone, utc } from './time-format.ts'

/** An instant in the viewer's zone, UTC on hover. Rendered as UTC on the server, which does not know the zone. */
export function DateTime({ at, className }: { readonly at: string; readonly className?: string }) {
  const [text, setText] = useState(() => utc(at))
  useEffect(() => setText(inZone(at)), [at])
  return (
    <time dateTime={at} title={utc(at)} className={className}>
      {text}
    </time>
  )
}
