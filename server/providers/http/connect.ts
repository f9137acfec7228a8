import type { LookupAddress } from 'node:dns'
import { lookup as systemLookup } from 'node:dns/promises'
import { isIP, type LookupFunction } from 'node:net'
import { buildConnector } from 'undici'
import { type AllowList, isLocalName } from './address.ts'
import { admit } from './admit.ts'

/** All addresses behind a name. */
export type Resolver = (host: string) => Promise<readonly string[]>

export const systemResolver: Resolver = async (host) =>
  (await systemLookup(host, { all: true })).map(({ address }) => address)

/** Makes the function that opens sockets, given the lookup it has to use. Tests put one here that goes to a local server. */
export type Dial = (lookup: LookupFunction) => buildConnector.connector

const CONNECT_TIMEOUT_MS = 10_000

const dialTcp: Dial = (lookup) => buildConnector({ lookup, allowH2: false, timeout: CONNECT_TIMEOUT_MS })

/**
 * Opens sockets only to where workflows may call. A name is resolved inside the connect, once, and the socket goes to the
 * very addresses that were judged, so a name server that changes its answer gains nothing. Sockets never look up an IP
 * literal, so those are judged before.
 */
export function guardedConnector(allow: AllowList, resolve: Resolver, dial: Dial = dialTcp): buildConnector.connector {
  return (options, callback) => {
    const host = options.hostname.replace(/\.$/, '')
    const port = options.port === '' ? (options.protocol === 'https:' ? 443 : 80) : Number(options.port)
    const lookup: LookupFunction = (name, wanted, done) => {
      judgedAddresses(allow, resolve, name, port).then(
        (found) => {
          const [first] = found
          if (!first) done(Object.assign(new Error(`${name} has no address`), { code: 'ENOTFOUND' }), '')
          else if (wanted.all) done(null, found)
          else done(null, first.address, first.family)
        },
        (error: Error) => done(error, ''),
      )
    }
    try {
      if (isIP(host)) admit(allow, host, port, [host])
    } catch (error) {
      callback(error instanceof Error ? error : new Error(String(error)), null)
      return
    }
    dial(lookup)(options, callback)
  }
}

async function judgedAddresses(
  allow: AllowList,
  resolve: Resolver,
  name: string,
  port: number,
): Promise<LookupAddress[]> {
  const host = name.replace(/\.$/, '')
  const addresses = await resolve(name).catch((error: unknown) => {
    // A private name that is unknown here is still told to be private: the cure is the same.
    if (isLocalName(host)) admit(allow, host, port, [])
    throw error
  })
  admit(allow, host, port, addresses)
  return addresses.map((address) => ({ address, family: isIP(address) }))
}
