import { ScaffError } from '#lib/errors.ts'
import type { App } from '#server/services/context.ts'
import { preflight } from './cors.ts'
import type { Endpoint, Method } from './endpoint.ts'
import { endpoints } from './endpoints.ts'
import { createRouter } from './router.ts'
import { getOpenApi } from './routes/openapi.ts'
import { refuse, serve } from './serve.ts'

const find = createRouter([...endpoints, getOpenApi])

/**
 * Answers a request to the API; `path` is that of `apiPath`. What does not exist, or not with this method, is told in the
 * API's own words. Never throws.
 */
export async function answerRest(app: App, request: Request, path: string): Promise<Response> {
  const place = find(path)
  if (place === null) return notFound(app, request)
  const offered = place.endpoints.map(({ method }) => method)
  if (request.method === 'OPTIONS') return preflight(app.env.corsOrigins, request, offered)
  const endpoint = offering(place.endpoints, request.method)
  if (endpoint === undefined) return wrongMethod(app, request, offered)
  return serve(app, endpoint, request, place.params, {
    strictAnswers: process.env.NODE_ENV !== 'production',
  })
}

/** HEAD is GET without a body. */
function offering(offered: readonly Endpoint[], asked: string): Endpoint | undefined {
  const wanted = asked === 'HEAD' ? 'GET' : asked
  return offered.find(({ method }) => method === wanted)
}

function notFound(app: App, request: Request): Response {
  const detail = `There is nothing at ${new URL(request.url).pathname}. See /docs for all paths.`
  return refuse(app, request, new ScaffError('request.not_found', detail))
}

function wrongMethod(app: App, request: Request, offered: readonly Method[]): Response {
  const detail = `${request.method} is not offered here; ${offered.join(', ')} ${offered.length === 1 ? 'is' : 'are'}.`
  return refuse(app, request, new ScaffError('request.method_not_allowed', detail), { allow: offered.join(', ') })
}
