import { createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { BootError } from './boot-error.ts'
import { hasCode } from './has-code.ts'

/** A web process whose supervisor was killed needs a moment to notice. */
const PATIENCE_MS = 3_000

/** @throws BootError when somebody else listens there. */
export async function ensurePortIsFree(port: number, host: string, patienceMs = PATIENCE_MS): Promise<void> {
  const deadline = performance.now() + patienceMs
  for (;;) {
    const trouble = await tryListen(port, host)
    if (trouble === null) return
    if (!hasCode(trouble, 'EADDRINUSE')) throw explain(trouble, port, host)
    if (performance.now() > deadline) {
      throw new BootError(
        `Port ${port} is taken by another program. Stop that one, or set PORT to another number, for example PORT=${port + 1}.`,
      )
    }
    await pause(50)
  }
}

function explain(trouble: Error, port: number, host: string): Error {
  if (hasCode(trouble, 'EACCES')) {
    return new BootError(`This user may not listen on port ${port}. Set PORT to a number above 1023.`)
  }
  if (hasCode(trouble, 'EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN')) {
    return new BootError(
      `HOST is "${host}", which is no address of this machine. Set it to localhost, or to 0.0.0.0 for all.`,
    )
  }
  return trouble
}

function tryListen(port: number, host: string): Promise<Error | null> {
  return new Promise((done) => {
    const server = createServer()
    server.on('error', done)
    server.listen({ port, host, exclusive: true }, () => server.close(() => done(null)))
  })
}

/** A port of this machine on which nobody listens. */
export function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const server = createServer()
    server.on('error', failed)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        typeof address === 'object' && address ? done(address.port) : failed(new Error('The system gave no port.')),
      )
    })
  })
}
