import { createServer, type IncomingHttpHeaders } from 'node:http'

/** A system outside: an HTTP server that keeps what it is sent. */
export interface Sink {
  readonly url: string
  readonly received: readonly { method: string; path: string; headers: IncomingHttpHeaders; body: unknown }[]
  /** Takes what it is sent, and answers nothing from now on; or answers again what comes from now on. */
  silence(silent: boolean): void
  close(): Promise<void>
}

export async function startSink(): Promise<Sink> {
  const received: { method: string; path: string; headers: IncomingHttpHeaders; body: unknown }[] = []
  let silent = false
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString()
      received.push({
        method: request.method ?? '',
        path: request.url ?? '',
        headers: request.headers,
        body: text ? JSON.parse(text) : null,
      })
      if (silent) return
      response.writeHead(201, { 'content-type': 'application/json' }).end('{"id": 1}')
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    received,
    silence: (now) => {
      silent = now
    },
    close: () =>
      new Promise((done) => {
        server.closeAllConnections()
        server.close(() => done())
      }),
  }
}
