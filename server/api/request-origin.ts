/** Set on every request by the process itself (see `server/api/peer-address.ts`); what a client sends under this name is overwritten. */
export const CLIENT_IP_HEADER = 'x-scaff-client-ip'

/** The caller's address, or null where it is not known (a test, another runtime). */
export function clientIp(headers: Headers): string | null {
  return headers.get(CLIENT_IP_HEADER)
}

/**
 * Whether a browser's request comes from our own pages: its Origin is exactly that of `APP_URL`, and the browser says so
 * too where it tells. Asked of every mutation that a cookie authenticates.
 */
export function isSameOrigin(headers: Headers, appUrl: string): boolean {
  const site = headers.get('sec-fetch-site')
  if (site !== null && site !== 'same-origin') return false
  return headers.get('origin') === new URL(appUrl).origin
}

/** A request id from outside is kept if it is plain enough to stand in a log line. */
export function acceptableRequestId(header: string | null): string | null {
  return header !== null && /^[\w.:-]{1,128}$/.test(header) ? header : null
}
