import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'

export interface Drain {
  /** From now on each answer is the last one of its connection, so that its client goes to another process. */
  begin(): void
  /** Ends what is still under way. */
  cut(): void
}

/**
 * Follows the answers of the process's server. When Next stops, its server accepts no connection any more and waits for
 * those there are; a client that uses one over and over would keep it from ending.
 */
export function watchAnswers(): Drain {
  const answering = new Set<ServerResponse>()
  let server: Server | null = null
  let draining = false
  subscribe('http.server.request.start', (message) => {
    const { response, server: of } = message as { request: IncomingMessage; response: ServerResponse; server: Server }
    server = of
    answering.add(response)
    if (draining) response.shouldKeepAlive = false
    response.once('close', () => {
      answering.delete(response)
      // One whose head was sent before, such as a stream, leaves its connection open.
      if (draining) setImmediate(() => of.closeIdleConnections())
    })
  })
  return {
    begin() {
      draining = true
      for (const response of answering) response.shouldKeepAlive = false
    },
    cut() {
      server?.closeAllConnections()
    },
  }
}
