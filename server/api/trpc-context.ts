import { ScaffError } from '#lib/errors.ts'
import { authenticate } from '#server/auth/authenticate.ts'
import { retrying, WHILE_SOMEBODY_WAITS_MS } from '#server/db/retrying.ts'
import type { App, ServiceContext } from '#server/services/context.ts'
import { serviceContext } from './context.ts'
import { countRequest } from './request-limits.ts'
import { isSameOrigin } from './request-origin.ts'
import { toTrpcError } from './trpc.ts'

/** Who calls a procedure. Mutations by cookie must come from our own pages. `answer` receives the request's id and the RateLimit headers. */
export async function trpcContext(app: App, request: Request, answer: Headers): Promise<ServiceContext> {
  const anonymous = serviceContext(app, request.headers, null)
  answer.set('x-request-id', anonymous.requestId)
  try {
    const identity = await retrying(() => authenticate(app, request.headers), WHILE_SOMEBODY_WAITS_MS)
    countRequest(app, identity, anonymous.ip, answer)
    if (request.method !== 'GET' && identity?.via !== 'key' && identity?.via !== 'token') {
      if (!isSameOrigin(request.headers, app.env.appUrl)) {
        throw new ScaffError('auth.origin_refused', `Open Scaff at ${new URL(app.env.appUrl).origin}.`)
      }
    }
    return { ...anonymous, actor: identity?.actor ?? null }
  } catch (thrown) {
    throw toTrpcError(thrown)
  }
}
