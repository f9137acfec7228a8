import { get } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'

/** Resolves when the web process answers that everything is ready; rejects only when `signal` is aborted. */
export async function waitReady(port: number, host: string, signal: AbortSignal): Promise<void> {
  while (!(await isReady(port, host))) await pause(25, undefined, { signal })
}

function isReady(port: number, host: string): Promise<boolean> {
  // An address for all interfaces is none to call.
  const hostname = host === '0.0.0.0' || host === '::' ? 'localhost' : host
  return new Promise((done) => {
    get({ hostname, port, path: '/readyz', timeout: 5_000 }, (response) => {
      response.resume()
      done(response.statusCode === 200)
    })
      .on('timeout', function (this: { destroy(): void }) {
        this.destroy()
      })
      .on('error', () => done(false))
  })
}
