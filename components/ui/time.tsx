'use client'
import { useEffect, useState } from 'react'
import { ago, utc } from './time-format.ts'

/** "3 min ago", kept up to date; "in 2 h" for what is to come. */
export function RelativeTime({ at, className }: { readonly at: string; readonly className?: string }) {
  const [now, setNow] = useState<number | null>(null)
  useEffect(() => {
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), 15_000)
    return () => clearInterval(timer)
  }, [])
  return (
    <time dateTime={at} title={utc(at)} className={className}>
      {now === null ? utc(at) : ago(at, now)}
    </time>
  )
}
