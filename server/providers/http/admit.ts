import { isIP } from 'node:net'
import { type AllowList, isLocalName, isPublicAddress } from './address.ts'
import { EgressError } from './egress-error.ts'

/** Ports of other protocols, as browsers refuse them: an HTTP request there is an attack on a mail server, not a call. */
const OTHER_PROTOCOLS = new Set([
  1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109, 110,
  111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532,
  540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061,
  6000, 6379, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080, 11211,
])

// biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is the point
const CONTROL = /[\u0000-\u0020\u007f-\u009f]/

/** Parses what a workflow wants to call. Throws `http.url_invalid`: the parser alone would quietly drop tabs and newlines. */
export function parseTarget(text: string): URL {
  if (CONTROL.test(text)) {
    throw new EgressError('http.url_invalid', 'The url contains a space or control character. Encode or remove it.')
  }
  if (!URL.canParse(text)) {
    throw new EgressError('http.url_invalid', 'The url is not complete. Write it like https://api.example.com/path.')
  }
  const url = new URL(text)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new EgressError(
      'http.url_invalid',
      `The url begins with ${url.protocol} Only http: and https: can be called.`,
    )
  }
  if (url.username !== '' || url.password !== '' || /^https?:[/\\]*[^/\\?#]*@/i.test(text)) {
    throw new EgressError(
      'http.url_invalid',
      'The url contains a user name or password. Send credentials in the Authorization header, from a secret.',
    )
  }
  // The part behind # is never sent; in front of an @ it is there to deceive a reader or another parser.
  if (url.hash.includes('@')) {
    throw new EgressError('http.url_invalid', 'The url has an @ behind its #. Remove the part from the # on.')
  }
  return url
}

/** The host as it is compared: lower case, without brackets and without the dot of the root. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '')
}

/**
 * Judges where a connection would go, knowing every address behind the name. Throws `http.egress_refused`.
 * One address that is not public refuses them all: the answers of a hostile name server are mixed on purpose.
 */
export function admit(allow: AllowList, host: string, port: number, addresses: readonly string[]): void {
  if (allow.host(host)) return
  const open = addresses.length > 0 && addresses.every((address) => allow.address(address))
  if (open) return
  const cure = `If workflows may call it, the operator adds ${isIP(host) ? host : `${host} or its address`} to EGRESS_ALLOW.`
  if (isLocalName(host)) {
    throw new EgressError('http.egress_refused', `${host} is a name inside a private network. ${cure}`)
  }
  if (addresses.some((address) => !allow.address(address) && !isPublicAddress(address))) {
    throw new EgressError(
      'http.egress_refused',
      isIP(host)
        ? `${host} is not an address of the public Internet. ${cure}`
        : `${host} leads to an address that is not on the public Internet. ${cure}`,
    )
  }
  if (OTHER_PROTOCOLS.has(port)) {
    throw new EgressError('http.egress_refused', `Port ${port} belongs to another protocol than HTTP. ${cure}`)
  }
}
