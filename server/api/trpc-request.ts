import { ERRORS, type ScaffError } from '#lib/errors.ts'
import { DEFAULT_BODY_LIMIT, parseJson, readJsonBody } from './json-body.ts'

/**
 * A call of the browser with its input held to what REST bodies are held to (size, depth, reserved names, text that can
 * be stored), because tRPC reads without a bound and parses as it comes. Throws an error of the table.
 */
export async function boundedRequest(request: Request): Promise<Request> {
  if (request.method !== 'POST') {
    const input = new URL(request.url).searchParams.get('input')
    if (input !== null) parseJson(input, 'input')
    return request
  }
  const body = await readJsonBody(request, DEFAULT_BODY_LIMIT)
  return new Request(request.url, {
    method: request.method,
    headers: withoutLength(request.headers),
    signal: request.signal,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
}

/** The answer to a call that never became one, in the shape a tRPC client reads. */
export function refusedCall({ code, message }: ScaffError): Response {
  const { http, title } = ERRORS[code]
  const problem = { type: `urn:scaff:error:${code}`, title, status: http, detail: message, code, request_id: '' }
  return Response.json({ error: { message, code: -32600, data: { httpStatus: http, problem } } }, { status: http })
}

/** The new body has a length of its own. */
function withoutLength(headers: Headers): Headers {
  const copy = new Headers(headers)
  copy.delete('content-length')
  copy.delete('transfer-encoding')
  return copy
}
