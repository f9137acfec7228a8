import { oneLine } from '#lib/mail-subject.ts'
import { type WallTime, wallTime } from '#lib/wall-time.ts'
import type { Profile } from '#lib/workflow/data.ts'

/**
 * An instant as whoever reads a mail reads it: `Sun, 1 Mar 2026, 10:30 Europe/Vienna (09:30 UTC)`, or in UTC alone where
 * their zone is not known. A mail may be passed on, so the zone is always named.
 */
export function instant(at: string | Date, zone: string | null): string {
  const utc = wallTime(at, 'UTC')
  if (zone === null || zone === 'UTC') return `${dayOf(utc)}, ${clockOf(utc)} UTC`
  const own = wallTime(at, zone)
  const there = own.day === utc.day ? clockOf(utc) : `${dayOf(utc)}, ${clockOf(utc)}`
  return `${dayOf(own)}, ${clockOf(own)} ${zone.replaceAll('_', ' ')} (${there} UTC)`
}

const dayOf = ({ weekday, day, month, year }: WallTime) => `${weekday}, ${day} ${month} ${year}`
const clockOf = ({ hour, minute }: WallTime) => `${hour}:${minute}`

/** Who started a run, as others know them; null where there is no person. */
export function starter({ name, user_email, agent_id }: Profile): string | null {
  const who =
    name && user_email ? `${name} (${user_email})` : name || user_email || (agent_id && `the agent ${agent_id}`)
  return who ? oneLine(who, 'Somebody') : null
}
