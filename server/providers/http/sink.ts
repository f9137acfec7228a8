import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface SunkRequest {
  readonly method: string
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export interface SinkAnswer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string | string[]>>
  readonly body?: unknown
}

/** A server on 127.0.0.1 that keeps what it is sent: the fake behind the tests of everything that calls out. */
export interface HttpSink {
  readonly url: string
  readonly port: number
  readonly seen: SunkRequest[]
  /** TCP connections accepted, whether a request followed or not. */
  readonly connections: () => number
  close(): Promise<void>
}

/** Objects are answered as JSON, texts and bytes as they are. A handler that never resolves is a server that hangs. */
export async function httpSink(
  handler: (request: SunkRequest, count: number) => SinkAnswer | Promise<SinkAnswer> = () => ({ body: { ok: true } }),
): Promise<HttpSink> {
  const seen: SunkRequest[] = []
  let connections = 0
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', async () => {
      const { method = '', url = '', headers } = incoming
      const request = { method, url, headers, body: Buffer.concat(chunks).toString() }
      seen.push(request)
      const answer = await handler(request, seen.length)
      const raw = typeof answer.body === 'string' || answer.body instanceof Uint8Array
      outgoing.writeHead(answer.status ?? 200, {
        ...(raw || answer.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...answer.headers,
      })
      outgoing.end(raw ? answer.body : answer.body === undefined ? undefined : JSON.stringify(answer.body))
    })
  })
  server.on('connection', () => {
    connections++
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    seen,
    connections: () => connections,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
