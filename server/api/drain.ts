import type { Server, ServerResponse } from 'node:http'

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
  server.prependListener('request', (_request, response: ServerResponse) => {
    answering.add(response)
    if (draining) response.shouldKeepAlive = false
    response.once('close', () => {
      answering.delete(response)
      // One whose head was sent before, such as a stream, leaves its connection open.
      if (draining) setImmediate(() => server.closeIdleConnections())
    })
  })
  return {
    begin() {
      draining = true
      for (const response of answering) response.shouldKeepAlive = false
      return new Promise((closed) => server.close(() => closed()))
    },
    cut() {
      server.closeAllConnections()
    },
  }
}
