import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { type CallName, latency } from './work.ts'

/** One request, as the outside saw it. */
export interface Seen {
  readonly key: string
  readonly call: CallName
  /** Whether its sender went before it was answered. */
  cut: boolean
}

export interface Outside {
  readonly url: string
  readonly seen: readonly Seen[]
  close(): Promise<void>
}

/** The system that the runs call. It keeps what it is sent, answered or not. */
export async function openOutside(longestMs: number): Promise<Outside> {
  const seen: Seen[] = []
  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const call = request.url?.slice(1) as CallName
    const { n } = (await json(request)) as { readonly n: number }
    const one: Seen = { key: String(request.headers['idempotency-key']), call, cut: false }
    seen.push(one)
    const timer = setTimeout(
      () => response.setHeader('content-type', 'application/json').end('{"ok":true}'),
      latency(call, Number(n), longestMs),
    )
    response.once('close', () => {
      clearTimeout(timer)
      one.cut = !response.writableFinished
    })
  }
  const server = createServer((request, response) => {
    take(request, response).catch(() => response.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
