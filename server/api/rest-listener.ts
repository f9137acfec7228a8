import type { IncomingMessage, ServerResponse } from 'node:http'
import { createRequestListener } from '@remix-run/node-fetch-server'
import compression from 'compression'
import type { App } from '#server/services/context.ts'
import { apiPath } from './api-path.ts'
import { answerRest } from './rest.ts'

/** Only what is worth it: an event stream must not wait for the next block to fill. */
const compress = compression({
  filter: (_request, response) => /json/.test(String(response.getHeader('content-type'))),
})

/**
 * Answers what is asked of the API, and says whether it was. Before Next rather than in routes of it: a request of a script
 * is answered in two thirds of the time that way.
 */
export function restListener(app: App): (request: IncomingMessage, response: ServerResponse) => boolean {
  const host = new URL(app.env.appUrl).host
  const listen = createRequestListener(
    (request) => answerRest(app, request, apiPath(new URL(request.url).pathname) ?? ''),
    { host, onError: (error) => app.log.error({ err: error }, 'request failed') },
  )
  return (request, response) => {
    const [pathname = ''] = (request.url ?? '').split('?')
    if (apiPath(pathname) === null || request.method === 'TRACE') return false
    compress(request, response, () => listen(request, response))
    return true
  }
}
