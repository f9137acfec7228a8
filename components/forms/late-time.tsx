'use client'
import { useEffect, useState } from 'react'

interface LateTimeProps {
  readonly at: string
  /** Shown on hover. */
  readonly utc: string
  /** As the server wrote it. */
  readonly children: string
}

/**
 * An instant on a page that does without the code of calendars and zones: it stands as the server wrote it, and in the
 * viewer's own zone once that code has come.
 */
export function LateTime({ at, utc, children }: LateTimeProps) {
  const [text, setText] = useState(children)
  useEffect(() => {
    let gone = false
    import('#components/ui/own-zone.ts').then(
      ({ inOwnZone }) => {
        if (!gone) setText(inOwnZone(at))
      },
      // What the server wrote names its zone: it is right, if not as handy.
      () => {},
    )
    return () => {
      gone = true
    }
  }, [at])
  return (
    <time dateTime={at} title={utc} className="font-medium text-ink">
      {text}
    </time>
  )
}
