import type { Scope } from '#lib/workflow/scope.ts'
import { encodeUrlSegment, isTrusted } from '#lib/workflow/templates/encoders.ts'
import { type Encoder, renderTemplate } from '#lib/workflow/templates/render.ts'
import { CallError } from './call-error.ts'
import { isSecret } from './secrets.ts'

export interface BuiltUrl {
  readonly url: string
  /** Which host is called was decided by data of the run, not by the author or operator. */
  readonly hostFromData: boolean
  readonly secret: boolean
}

type Place = 'start' | 'host' | 'path' | 'query' | 'fragment'

/**
 * Renders a url so that no inserted value can leave its place: a value in the path stays one segment, one in the query
 * one value. `/` survives in values from `static`, `env` and `secrets`, which may hold several segments. A whole address
 * may be inserted at the very beginning.
 */
export function buildUrl(template: string, scope: Scope): BuiltUrl {
  let hostFromData = false
  let secret = false
  const encode: Encoder = (text, roots, insertion) => {
    const before = insertion.preceding.trimStart()
    const place = placeAfter(before)
    if (place === 'start' || place === 'host') hostFromData ||= !isTrusted(roots)
    secret ||= isSecret(roots)
    switch (place) {
      case 'start':
        return atStart(text, before)
      case 'host':
        return inHost(text)
      case 'path':
        return isTrusted(roots)
          ? text
              .split('/')
              .map((segment) => encodeUrlSegment(segment, roots, insertion))
              .join('/')
          : encodeUrlSegment(text, roots, insertion)
      default:
        return encodeValue(text)
    }
  }
  const url = renderTemplate(template, scope, { encode }).trim()
  refuseDotSegments(url)
  return { url, hostFromData, secret }
}

/** Adds parameters to whatever query the url has. */
export function addQuery(url: string, query: readonly (readonly [string, string])[]): string {
  if (query.length === 0) return url
  const [address = '', ...fragment] = url.split('#')
  const added = query.map(([name, value]) => `${encodeValue(name)}=${encodeValue(value)}`).join('&')
  const joint = !address.includes('?') ? '?' : /[?&]$/.test(address) ? '' : '&'
  return [address + joint + added, ...fragment].join('#')
}

function placeAfter(url: string): Place {
  const begun = /^[a-z][a-z0-9+.-]*:\/\/(.*)$/is.exec(url)
  if (!begun) return 'start'
  const [, rest = ''] = begun
  if (rest.includes('#')) return 'fragment'
  if (rest.includes('?')) return 'query'
  return /[/\\]/.test(rest) ? 'path' : 'host'
}

function atStart(text: string, before: string): string {
  if (before === '' && /^https?:\/\/[^/]/i.test(text)) return text
  throw new CallError(
    'http.url_invalid',
    'The url does not begin with http:// or https://, also after its values were inserted. Write the scheme in front, or insert a whole address.',
  )
}

function inHost(text: string): string {
  if (/^[A-Za-z0-9.-]+(:\d{1,5})?$/.test(text)) return text
  throw new CallError(
    'http.url_invalid',
    'A value inserted into the host of the url has characters that no host has. Insert a bare host name.',
  )
}

/** Half a surrogate pair cannot be encoded; it becomes U+FFFD, as in every form that a browser sends. */
function encodeValue(text: string): string {
  return encodeURIComponent(text.toWellFormed())
}

/** `..` would leave the path that was written, and the parser resolves it in its escaped forms too. */
function refuseDotSegments(url: string): void {
  const path = /^[a-z][a-z0-9+.-]*:\/\/[^/\\?#]*([^?#]*)/i.exec(url)?.[1] ?? ''
  if (path.split(/[/\\]/).some((segment) => /^(\.|%2e){1,2}$/i.test(segment))) {
    throw new CallError(
      'http.url_invalid',
      'The path of the url would contain "." or ".." as a segment. Write the path without it, and check the value that is inserted.',
    )
  }
}
