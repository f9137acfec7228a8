/**
 * Why an outbound call got no answer. The message is a sentence for the author of a workflow: what is wrong and what to do.
 * `egress_refused` and `url_invalid` are decisions of ours and never worth a retry; `network` and `timeout` are.
 */
export const EGRESS_CODES = {
  'http.url_invalid': { retryable: false },
  'http.egress_refused': { retryable: false },
  'http.redirect_refused': { retryable: false },
  'http.too_many_redirects': { retryable: false },
  'http.too_large': { retryable: false },
  'http.request_invalid': { retryable: false },
  'http.tls': { retryable: false },
  'http.network': { retryable: true },
  'http.timeout': { retryable: true },
} as const satisfies Record<string, { readonly retryable: boolean }>

export type EgressCode = keyof typeof EGRESS_CODES

export class EgressError extends Error {
  readonly code: EgressCode

  constructor(code: EgressCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'EgressError'
    this.code = code
  }

  get retryable(): boolean {
    return EGRESS_CODES[this.code].retryable
  }
}

const TLS_CODES = /^(CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH|EPROTO)/

/** Puts a failure of the socket, the resolver or the parser into our words. `host` is what the author wrote. */
export function fromNetwork(error: unknown, host: string): EgressError {
  if (error instanceof EgressError) return error
  const code = codeOf(error)
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return new EgressError('http.network', `The name ${host} cannot be resolved. Check the host in the url.`, error)
  }
  if (code === 'ECONNREFUSED') {
    return new EgressError(
      'http.network',
      `${host} refused the connection. Check the port, and whether the service runs.`,
      error,
    )
  }
  if (code === 'UND_ERR_CONNECT_TIMEOUT' || code === 'ETIMEDOUT') {
    return new EgressError('http.timeout', `${host} did not accept a connection in time.`, error)
  }
  if (TLS_CODES.test(code)) {
    return new EgressError(
      'http.tls',
      `The certificate or encryption of ${host} is not accepted (${code}). Its operator has to mend it.`,
      error,
    )
  }
  if (code === 'UND_ERR_INVALID_ARG' || code === 'UND_ERR_NOT_SUPPORTED') {
    return new EgressError('http.request_invalid', `The request cannot be sent: ${messageOf(error)}.`, error)
  }
  if (code === 'UND_ERR_HEADERS_OVERFLOW') {
    return new EgressError('http.too_large', `${host} answered with more headers than Scaff reads.`, error)
  }
  return new EgressError('http.network', `The connection to ${host} broke${code ? ` (${code})` : ''}.`, error)
}

/** The first code found on an error, its causes, or the attempts it sums up. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return ''
  if ('code' in error && typeof error.code === 'string') return error.code
  if (error instanceof AggregateError) return codeOf(error.errors[0])
  return codeOf(error.cause)
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
