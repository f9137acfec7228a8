'use client'
import { clsx } from 'clsx'
import { AlarmClock, Clock } from 'lucide-react'
import { span, utc } from '#components/ui/time-format.ts'
import { useClock } from '#components/ui/viewer-time.tsx'

const SOON_MS = 24 * 3_600_000

export type Urgency = 'overdue' | 'soon' | 'later'

/** "Due in 2 h", "Overdue by 3 h": said in words as well as by colour. */
export function dueWords(at: string, now: number): { readonly words: string; readonly urgency: Urgency } {
  const left = Date.parse(at) - now
  if (left <= 0) return { words: `Overdue by ${span(-left)}`, urgency: 'overdue' }
  return { words: `Due in ${span(left)}`, urgency: left < SOON_MS ? 'soon' : 'later' }
}

const LOOKS: Readonly<Record<Urgency, string>> = {
  overdue: 'font-medium text-bad',
  soon: 'text-warn',
  later: 'text-ink-muted',
}

/** When a request ends, kept up to date. */
export function Due({ at }: { readonly at: string | null }) {
  const now = useClock()
  if (at === null) return <span className="text-ink-subtle">No time limit</span>
  const { words, urgency } = dueWords(at, now)
  const Icon = urgency === 'overdue' ? AlarmClock : Clock
  return (
    <time
      dateTime={at}
      title={utc(at)}
      className={clsx('inline-flex items-center gap-1 whitespace-nowrap', LOOKS[urgency])}
    >
      <Icon aria-hidden="true" className="size-3.5 shrink-0" />
      {words}
    </time>
  )
}
