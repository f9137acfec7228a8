import type { HttpAnswer, HttpPort, HttpRequest } from '#lib/steps/kit.ts'
import type { Egress } from './egress.ts'
import { EgressError } from './egress-error.ts'

/** What steps see of the egress client: answers instead of exceptions, text instead of bytes. An abort rejects with the signal's reason. */
export function createHttpPort(egress: Egress): HttpPort {
  return {
    async request(request: HttpRequest): Promise<HttpAnswer> {
      try {
        const response = await egress.fetch(request.url, {
          method: request.method,
          headers: request.headers,
          body: request.body,
          timeoutMs: request.timeout_ms,
          signal: request.signal,
          secretBody: request.secret_body ?? false,
          beforeSend: request.before_send,
        })
        return {
          ok: true,
          status: response.status,
          headers: Object.fromEntries(response.headers),
          body: decodeText(await response.arrayBuffer(), response.headers.get('content-type')),
        }
      } catch (error) {
        if (!(error instanceof EgressError)) throw error
        const { code, message, retryable } = error
        return { ok: false, error: { code, message, retryable, retry_after_ms: null } }
      }
    },
  }
}

/** By the charset the answer names, else UTF-8; an unknown one is read as UTF-8 rather than failing the call. */
function decodeText(bytes: ArrayBuffer, contentType: string | null): string {
  const charset = /charset\s*=\s*"?([\w.:-]+)/i.exec(contentType ?? '')?.[1]
  try {
    return new TextDecoder(charset ?? 'utf-8').decode(bytes)
  } catch {
    return new TextDecoder().decode(bytes)
  }
}
