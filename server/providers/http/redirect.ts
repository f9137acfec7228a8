/** How an answer with a `Location` changes the next request. */
export interface Hop {
  readonly url: URL
  readonly method: string
  readonly headers: Headers
  readonly body: string | Uint8Array | null
}

const REDIRECTS = new Set([301, 302, 303, 307, 308])

export function isRedirect(status: number): boolean {
  return REDIRECTS.has(status)
}

/**
 * What may go along to another origin. A list of what is known to be harmless, not of what is known to be a credential:
 * keys travel in headers of any name.
 */
const HARMLESS = new Set(['accept', 'accept-language', 'content-type', 'user-agent', 'x-request-id'])

/** The request that follows a redirect: method and body as the fetch standard has it, credentials only within the origin. */
export function follow(hop: Hop, status: number, to: URL): Hop {
  const becomesGet =
    (status === 303 && hop.method !== 'GET' && hop.method !== 'HEAD') ||
    ((status === 301 || status === 302) && hop.method === 'POST')
  const headers = new Headers(hop.headers)
  if (becomesGet) {
    for (const name of ['content-type', 'content-length', 'content-encoding', 'content-language']) headers.delete(name)
  }
  if (to.origin !== hop.url.origin) {
    for (const name of [...headers.keys()]) if (!HARMLESS.has(name)) headers.delete(name)
  }
  return { url: to, method: becomesGet ? 'GET' : hop.method, headers, body: becomesGet ? null : hop.body }
}
