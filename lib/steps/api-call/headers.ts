import type { Scope } from '#lib/workflow/scope.ts'
import { type Encoder, renderTemplate } from '#lib/workflow/templates/render.ts'
import { CallError } from './call-error.ts'
import type { ApiCallConfig } from './definition.ts'
import { isSecret } from './secrets.ts'

/** Headers that belong to the connection or are made from the body: the client sets them, an author cannot. */
const RESERVED: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

export interface BuiltHeaders {
  /** Names in lower case. */
  readonly headers: Record<string, string>
  readonly secret: boolean
}

/** Renders headers, refusing every name and value that could become another header or change how the message is framed. */
export function buildHeaders(templates: ApiCallConfig['headers'], scope: Scope): BuiltHeaders {
  const headers: Record<string, string> = Object.create(null)
  let secret = false
  for (const [written, template] of Object.entries(templates)) {
    const name = written.toLowerCase()
    checkName(name, written)
    if (name in headers) {
      throw new CallError('http.header_invalid', `The header ${written} is given twice. Keep one of them.`)
    }
    if (template === null) continue
    const encode: Encoder = (text, roots) => {
      secret ||= isSecret(roots)
      return checkValue(written, text)
    }
    const value = checkValue(written, renderTemplate(String(template), scope, { encode }).trim())
    headers[name] = value
  }
  return { headers, secret }
}

function checkName(name: string, written: string): void {
  if (!/^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(name)) {
    throw new CallError('http.header_invalid', `"${written}" is not a name that a header can have.`)
  }
  if (RESERVED.has(name)) {
    throw new CallError('http.header_invalid', `The header ${written} is set by the connection itself. Remove it.`)
  }
}

function checkValue(name: string, value: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a line break in a header begins another header
  if (/[\u0000-\u0008\u000a-\u001f\u007f]/.test(value)) {
    throw new CallError(
      'http.header_invalid',
      `The header ${name} cannot be sent: its value has a line break or control character. Remove it where the value comes from.`,
    )
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: everything that a header's bytes can carry
  if (/[^\u0000-\u00ff]/.test(value)) {
    throw new CallError(
      'http.header_invalid',
      `The header ${name} cannot be sent: its value has characters beyond Latin-1. Send them in the body or the query.`,
    )
  }
  return value
}
