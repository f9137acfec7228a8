import { newId } from '#lib/ids.ts'
import type { Actor } from '#server/engine/port.ts'
import type { App, ServiceContext } from '#server/services/context.ts'
import { acceptableRequestId, clientIp } from './request-origin.ts'

/** Makes of a request's headers what services work with. */
export function serviceContext(app: App, headers: Headers, actor: Actor | null): ServiceContext {
  return {
    app,
    actor,
    requestId: acceptableRequestId(headers.get('x-request-id')) ?? newId('request'),
    ip: clientIp(headers),
  }
}
