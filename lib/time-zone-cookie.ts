import { isTimeZone } from './zone-time.ts'

/** Where a browser says in which time zone it is, so that pages come with the right times. It holds nothing else. */
export const TIME_ZONE_COOKIE = 'scaff-zone'

/** What a browser says is stored as it is sent: only names of zones are taken, and none is longer than this. */
const LONGEST = 64

/** The zone a cookie names; null where there is none, or where it is no name of a time zone. */
export function timeZoneIn(cookies: string | null): string | null {
  for (const part of (cookies ?? '').split(';')) {
    const [name, value = ''] = part.trim().split('=', 2)
    if (name === TIME_ZONE_COOKIE) return value.length <= LONGEST && isTimeZone(value) ? value : null
  }
  return null
}

/** The cookie as a browser sets it. Names of zones need no encoding. */
export function timeZoneCookie(zone: string, secure: boolean): string {
  return `${TIME_ZONE_COOKIE}=${zone}; path=/; max-age=31536000; samesite=lax${secure ? '; secure' : ''}`
}
