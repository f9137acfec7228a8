import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { getApp } from './app.ts'
import { isScaffError } from './error-map.ts'
import { appRouter } from './root.ts'
import { trpcContext } from './trpc-context.ts'

/** Answers what the browser calls under /api/trpc. Defects are logged here with their stack and answered without it. */
export function serveTrpc(request: Request): Promise<Response> {
  const app = getApp()
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
      if (error.code !== 'INTERNAL_SERVER_ERROR' || isScaffError(error.cause)) return
      app.log.error({ err: error.cause ?? error, procedure: path, request_id: ctx?.requestId }, 'procedure failed')
    },
  })
}
