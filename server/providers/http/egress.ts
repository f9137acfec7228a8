import { Agent, type Dispatcher, request } from 'undici'
import { parseAllowList } from './address.ts'
import { hostOf, parseTarget } from './admit.ts'
import { readBody } from './body.ts'
import { type Dial, guardedConnector, type Resolver, systemResolver } from './connect.ts'
import { EgressError, fromNetwork } from './egress-error.ts'
import { follow, type Hop, isRedirect } from './redirect.ts'

export interface EgressOptions {
  /** Entries of `EGRESS_ALLOW`. */
  readonly allow: readonly string[]
  readonly resolver?: Resolver
  readonly dial?: Dial
  /** For a call that gives none: all redirects and the body together. */
  readonly timeoutMs?: number
  /** Longest body that is read, decompressed. */
  readonly maxBytes?: number
}

export interface EgressInit extends RequestInit {
  readonly timeoutMs?: number
  /** The body holds a secret: it is not handed on to another origin. */
  readonly secretBody?: boolean
  /** Awaited once, before anything of the first request is sent; when it rejects, nothing is. */
  readonly beforeSend?: (() => Promise<void>) | undefined
}

/** The one way out. Every call of a workflow goes through it, whatever provider or step makes it. */
export interface Egress {
  /**
   * As `fetch`, with the body read whole. Rejects with an `EgressError`, or with the reason of `init.signal` when that
   * was aborted. Follows at most three redirects; each is judged like the first address.
   */
  fetch(input: string | URL | Request, init?: EgressInit): Promise<Response>
  close(): Promise<void>
}

const MAX_REDIRECTS = 3
const MAX_BYTES = 5 * 1024 * 1024
const TIMEOUT_MS = 30_000
const EMPTY_STATUSES = new Set([204, 205, 304])

/** Throws when an entry of the allow-list cannot be read. */
export function createEgress(options: EgressOptions): Egress {
  const allow = parseAllowList(options.allow)
  const agent = new Agent({
    connect: guardedConnector(allow, options.resolver ?? systemResolver, options.dial),
    // One deadline covers a whole call; a second one inside would only blur which of them struck.
    headersTimeout: 0,
    bodyTimeout: 0,
    connections: 128,
  })

  async function send(hop: Hop, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
    const host = hostOf(hop.url)
    try {
      return await request(hop.url, {
        dispatcher: agent,
        method: hop.method,
        headers: Object.fromEntries(hop.headers),
        body: hop.body,
        signal,
      })
    } catch (error) {
      signal.throwIfAborted()
      throw fromNetwork(error, host)
    }
  }

  async function call(first: Hop, init: EgressInit, signal: AbortSignal): Promise<Response> {
    let hop = first
    await init.beforeSend?.()
    for (let redirects = 0; ; redirects++) {
      const answer = await send(hop, signal)
      const location = answer.headers.location
      if (!isRedirect(answer.statusCode) || typeof location !== 'string') {
        const body = await readBody(answer, options.maxBytes ?? MAX_BYTES, hostOf(hop.url), signal)
        return toResponse(answer, body)
      }
      await answer.body.dump({ limit: 64 * 1024, signal })
      if (redirects === MAX_REDIRECTS) {
        throw new EgressError(
          'http.too_many_redirects',
          `${hostOf(first.url)} redirects more than ${MAX_REDIRECTS} times. Put the final address into the url.`,
        )
      }
      const next = follow(hop, answer.statusCode, redirectTarget(hop.url, location))
      if (init.secretBody && next.body !== null && next.url.origin !== hop.url.origin) {
        throw new EgressError(
          'http.redirect_refused',
          `${hostOf(hop.url)} redirects to ${next.url.origin}, and the body holds a secret that is not handed on to another site. Put the final address into the url.`,
        )
      }
      hop = next
    }
  }

  return {
    async fetch(input, init = {}) {
      const hop = await firstHop(input, init)
      const timeoutMs = init.timeoutMs ?? options.timeoutMs ?? TIMEOUT_MS
      const deadline = AbortSignal.timeout(timeoutMs)
      const caller = init.signal ?? (input instanceof Request ? input.signal : null)
      caller?.throwIfAborted()
      try {
        return await call(hop, init, caller ? AbortSignal.any([caller, deadline]) : deadline)
      } catch (error) {
        caller?.throwIfAborted()
        if (deadline.aborted) {
          throw new EgressError(
            'http.timeout',
            `${hostOf(hop.url)} did not answer within ${timeoutMs / 1000} s. Raise timeout_s, or look why it is slow.`,
            error,
          )
        }
        throw error
      }
    },
    close: () => agent.destroy(),
  }
}

async function firstHop(input: string | URL | Request, init: EgressInit): Promise<Hop> {
  const source = input instanceof Request ? input : null
  const body = init.body ?? (source?.body ? await source.arrayBuffer() : null)
  return {
    url: parseTarget(source ? source.url : String(input)),
    method: (init.method ?? source?.method ?? 'GET').toUpperCase(),
    headers: readHeaders(init.headers ?? source?.headers),
    body: body === null || typeof body === 'string' ? body : new Uint8Array(await new Response(body).arrayBuffer()),
  }
}

function readHeaders(init: HeadersInit | undefined): Headers {
  try {
    return new Headers(init)
  } catch (error) {
    throw new EgressError(
      'http.request_invalid',
      'A header has a name or value that HTTP does not allow, for instance a line break.',
      error,
    )
  }
}

function redirectTarget(from: URL, location: string): URL {
  if (!URL.canParse(location, from)) {
    throw new EgressError('http.redirect_refused', `${hostOf(from)} redirects to something that is not a url.`)
  }
  return parseTarget(new URL(location, from).href)
}

function toResponse(answer: Dispatcher.ResponseData, body: Uint8Array<ArrayBuffer>): Response {
  const headers = new Headers()
  for (const [name, value] of Object.entries(answer.headers)) {
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) headers.append(name, one)
  }
  // What described the travelling form of a body that was unpacked would now be wrong.
  if (headers.has('content-encoding')) headers.delete('content-length')
  headers.delete('content-encoding')
  headers.delete('transfer-encoding')
  return new Response(EMPTY_STATUSES.has(answer.statusCode) ? null : body, { status: answer.statusCode, headers })
}
