import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { isRetryable } from '#server/db/retrying.ts'
import type { App } from '#server/services/context.ts'
import { getApp } from './app.ts'
import { isScaffError } from './error-map.ts'
import { appRouter } from './root.ts'
import { trpcContext } from './trpc-context.ts'
import { boundedRequest, refusedCall } from './trpc-request.ts'

/** Answers what the browser calls under /api/trpc. Defects and a database that is away are logged here with their stack and answered without it. */
export async function serveTrpc(request: Request): Promise<Response> {
  try {
    return await answer(getApp(), await boundedRequest(request))
  } catch (thrown) {
    if (isScaffError(thrown)) return refusedCall(thrown)
    throw thrown
  }
}

function answer(app: App, request: Request): Promise<Response> {
  return fetchRequestHandler({
    endpoint: '/api/trpc',
    req: request,
    router: appRouter,
    createContext: ({ resHeaders }) => {
      resHeaders.set('cache-control', 'no-store')
      resHeaders.set('x-content-type-options', 'nosniff')
      return trpcContext(app, request, resHeaders)
    },
    onError({ error, path, ctx }) {
      if (!isRetryable(error) && (error.code !== 'INTERNAL_SERVER_ERROR' || isScaffError(error.cause))) return
      app.log.error({ err: error.cause ?? error, procedure: path, request_id: ctx?.requestId }, 'procedure failed')
    },
  })
}
