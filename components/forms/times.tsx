import type { ReactNode } from 'react'
import { inZone, utc } from '#components/ui/time-format.ts'
import { LateTime } from './late-time.tsx'

/** How a text about a form shows an instant: pages of the app by their own means, those of participants by lighter ones. */
export type ShowTime = (at: string) => ReactNode

/** For participants' pages, as the server writes it in a zone. */
export function lateTime(zone: string): ShowTime {
  return (at) => (
    <LateTime at={at} utc={utc(at)}>
      {inZone(at, zone)}
    </LateTime>
  )
}
