/** What calendar and clock on a wall show, in English, each part as it is read. */
export type WallTime = Readonly<Record<'weekday' | 'day' | 'month' | 'year' | 'hour' | 'minute' | 'second', string>>

const formats = new Map<string, Intl.DateTimeFormat>()

/**
 * An instant on the wall of a time zone, a name of the IANA list. In parts, because how a locale joins them differs from
 * one release of its data to the next: a server and a browser must come to the same words.
 */
export function wallTime(at: string | Date, zone: string): WallTime {
  const parts = { weekday: '', day: '', month: '', year: '', hour: '', minute: '', second: '' }
  for (const { type, value } of format(zone).formatToParts(new Date(at))) {
    if (type in parts) parts[type as keyof WallTime] = value
  }
  return parts
}

function format(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  formats.set(zone, made)
  return made
}
