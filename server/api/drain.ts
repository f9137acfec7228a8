import type { Server, ServerResponse } from 'node:http'
import { Server as NetServer } from 'node:net'

/** Who uses a connection over and over comes by within this time, and is told that it was the last answer there. */
const LAST_CHANCE_MS = 100

export interface Drain {
  /**
   * Takes no connection any more, and makes each answer the last one of its connection, so that its client goes to another
   * process. Resolves when all are closed.
   */
  begin(): Promise<void>
  /** Ends what is still under way. */
  cut(): void
}

/** Closing a server waits for those who are connected; a client that uses its connection over and over would keep it from ending. */
export function drainOf(server: Server): Drain {
  const answering = new Set<ServerResponse>()
  let draining = false
  let closing = false
  server.prependListener('request', (_request, response: ServerResponse) => {
    answering.add(response)
    if (draining) response.shouldKeepAlive = false
    response.once('close', () => {
      answering.delete(response)
      // One whose head was sent before, such as a stream, leaves its connection open.
      if (closing) setImmediate(() => server.closeIdleConnections())
    })
  })
  return {
    begin() {
      draining = true
      for (const response of answering) response.shouldKeepAlive = false
      // Not `server.close`: it cuts connections at rest at once, and with them a request that is on its way.
      setTimeout(() => {
        closing = true
        server.closeIdleConnections()
      }, LAST_CHANCE_MS).unref()
      return new Promise((closed) => NetServer.prototype.close.call(server, () => closed()))
    },
    cut() {
      server.closeAllConnections()
    },
  }
}
