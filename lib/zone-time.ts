import { DAY, HOUR } from './time.ts'

/**
 * Days and hours as they stand on the wall of a time zone, which is a name of the IANA list (`Europe/Vienna`). Days are
 * 23 or 25 hours long where clocks change, and begin at one o'clock where midnight is skipped.
 */

/** Whether this is a name of a time zone. Bare offsets are none: nobody agrees on their sign. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    formatter(name)
    return true
  } catch {
    return false
  }
}

/** The first instant of the local day that lies `days` days after the one of `at` (0: that day itself). */
export function startOfDay(at: Date, zone: string, days = 0): Date {
  const wall = at.getTime() + offsetAt(at.getTime(), zone)
  return dayStart(Math.floor(wall / DAY) * DAY + days * DAY, zone)
}

/** The beginning of the local hour of `at`. */
export function startOfHour(at: Date, zone: string): Date {
  const time = at.getTime()
  const wall = time + offsetAt(time, zone)
  return new Date(time - (wall - Math.floor(wall / HOUR) * HOUR))
}

/**
 * Where the hours or days of a range begin, in order: the first is `from` itself, the others are boundaries on the wall
 * that lie within. Empty where the range is.
 */
export function bucketStarts(from: Date, to: Date, unit: 'hour' | 'day', zone: string): readonly Date[] {
  const starts: Date[] = []
  for (let start = from; start < to; start = after(start, unit, zone)) starts.push(start)
  return starts
}

function after(start: Date, unit: 'hour' | 'day', zone: string): Date {
  return unit === 'day' ? startOfDay(start, zone, 1) : new Date(startOfHour(start, zone).getTime() + HOUR)
}

/**
 * `midnight` is the day's midnight as if its wall showed UTC. Of the two offsets around it the earlier instant counts that
 * is already that day: so a midnight that comes twice counts the first time, and of one that is skipped what follows it.
 */
function dayStart(midnight: number, zone: string): Date {
  const candidates = [offsetAt(midnight - DAY, zone), offsetAt(midnight + DAY, zone)]
    .map((offset) => midnight - offset)
    .sort((a, b) => a - b)
  const first = candidates.find((time) => time + offsetAt(time, zone) >= midnight)
  return new Date(first ?? midnight - offsetAt(midnight, zone))
}

/** How far the wall of a zone is ahead of UTC at an instant, in milliseconds. */
function offsetAt(time: number, zone: string): number {
  const parts: Record<string, number> = {}
  for (const { type, value } of formatter(zone).formatToParts(time)) parts[type] = Number(value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(time / 1_000) * 1_000
}

const formatters = new Map<string, Intl.DateTimeFormat>()

function formatter(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  formatters.set(zone, made)
  return made
}
