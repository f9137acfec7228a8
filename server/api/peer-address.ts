import { CLIENT_IP_HEADER } from './request-origin.ts'

/** What a client may claim about where it comes from and which host it asked; believed only from a proxy in front. */
const CLAIMS = [
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-port',
  'x-forwarded-proto',
  'x-real-ip',
  'x-original-url',
  'x-rewrite-url',
  'x-middleware-subrequest',
]

/**
 * Writes the caller's real address into the headers of a request before anything else reads them, and drops what a client
 * merely claims; changes `headers` in place. Next fills in forwarding headers only where a client sent none, so without
 * this anyone could choose the address that rate limits count, or the host that links are compared with.
 *
 * With a trusted proxy the last hop it names is the caller: what stands before is the caller's own claim.
 */
export function settlePeerAddress(
  headers: Record<string, string | string[] | undefined>,
  socketAddress: string | undefined,
  trustProxy: boolean,
): void {
  const forwarded = String(headers['x-forwarded-for'] ?? '')
    .split(',')
    .at(-1)
    ?.trim()
  if (!trustProxy) for (const name of CLAIMS) delete headers[name]
  // An IPv4 caller of a socket that speaks both is the same caller.
  const address = (trustProxy && forwarded ? forwarded : socketAddress)?.replace(/^::ffff:(?=\d+\.)/i, '')
  if (address === undefined) delete headers[CLIENT_IP_HEADER]
  else headers[CLIENT_IP_HEADER] = address
}
