import { ERRORS, ScaffError } from '#lib/errors.ts'
import type { App } from '#server/services/context.ts'
import { findApp } from './app.ts'
import { preflight } from './cors.ts'
import type { Endpoint, Method } from './endpoint.ts'
import { refuse, serve } from './serve.ts'

/** Next gives a path without parameters no object at all. */
type RouteContext = { readonly params: Promise<Record<string, string | string[] | undefined> | undefined> }
type RouteHandler = (request: Request, context: RouteContext) => Promise<Response>
type RouteHandlers = Record<Method | 'OPTIONS', RouteHandler>

/**
 * Next's route handlers for the operations of one path: `export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } =
 * apiRoute(listWorkflows, createWorkflow)`. All six are exported, so that a method that is not offered is told so in the
 * API's own words.
 */
export function apiRoute(...endpoints: readonly Endpoint[]): RouteHandlers {
  const offered = endpoints.map((endpoint) => endpoint.method)
  const handlerOf = (method: Method): RouteHandler => {
    const endpoint = endpoints.find((candidate) => candidate.method === method)
    if (endpoint === undefined) return guarded(async (app, request) => wrongMethod(app, request, offered))
    return guarded(async (app, request, context) =>
      serve(app, endpoint, request, (await context.params) ?? {}, {
        strictAnswers: process.env.NODE_ENV !== 'production',
      }),
    )
  }
  const OPTIONS = guarded(async (app, request) => preflight(app.env.corsOrigins, request, offered))
  return {
    GET: handlerOf('GET'),
    POST: handlerOf('POST'),
    PUT: handlerOf('PUT'),
    PATCH: handlerOf('PATCH'),
    DELETE: handlerOf('DELETE'),
    OPTIONS,
  }
}

/** For paths that do not exist. */
export function notFoundRoute(): RouteHandlers {
  const answer = guarded(async (app, request) =>
    refuse(
      app,
      request,
      new ScaffError(
        'request.not_found',
        `There is nothing at ${new URL(request.url).pathname}. See /docs for all paths.`,
      ),
    ),
  )
  return { GET: answer, POST: answer, PUT: answer, PATCH: answer, DELETE: answer, OPTIONS: answer }
}

function wrongMethod(app: App, request: Request, offered: readonly Method[]): Response {
  const detail = `${request.method} is not offered here; ${offered.join(', ')} ${offered.length === 1 ? 'is' : 'are'}.`
  return refuse(app, request, new ScaffError('request.method_not_allowed', detail), { allow: offered.join(', ') })
}

/** Hands the App in; before there is one, the answer is that the process is starting. */
function guarded(handle: (app: App, request: Request, context: RouteContext) => Promise<Response>): RouteHandler {
  return async (request, context) => {
    const app = findApp()
    return app === null ? starting() : handle(app, request, context)
  }
}

function starting(): Response {
  const { http, title } = ERRORS['service.unavailable']
  const problem = { type: 'urn:scaff:error:service.unavailable', title, status: http, code: 'service.unavailable' }
  return new Response(JSON.stringify({ ...problem, detail: 'Scaff is starting. Try again in a moment.' }), {
    status: http,
    headers: { 'content-type': 'application/problem+json; charset=utf-8', 'retry-after': '2' },
  })
}
