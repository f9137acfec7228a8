import { timeZoneCookie } from '#lib/time-zone-cookie.ts'
import { inZone } from './time-format.ts'

/** The zone this browser is in. */
export function browserZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone
}

/** Tells the server, so that the next page comes in that zone. */
export function tellZone(zone: string): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store is missing where the app is served without TLS
  document.cookie = timeZoneCookie(zone, location.protocol === 'https:')
}

/** An instant in this browser's zone, which the server is told. */
export function inOwnZone(at: string): string {
  const zone = browserZone()
  tellZone(zone)
  return inZone(at, zone)
}
