import { findApp, holdApp } from './api/app.ts'
import { type Drain, watchAnswers } from './api/drain.ts'
import { watchPeerAddresses } from './api/peer-address.ts'
import { createApp } from './app.ts'
import { aborted, CHILD_WISH_MS, stopSignals } from './boot/stop-signals.ts'
import { readEnv } from './env.ts'
import { closeLiveHub } from './live/hub.ts'
import type { App } from './services/context.ts'

/** Database connections of a web process. */
const CONNECTIONS = 20

/** Puts the web process's parts together and keeps them where every route finds them. */
export async function startWeb(): Promise<void> {
  const env = readEnv(process.env)
  // next-auth reads its own address from here; from a request's Host header it must not come.
  process.env.NEXTAUTH_URL = env.appUrl
  watchPeerAddresses(env.trustProxy)
  const app = await createApp({ env, service: 'web', connections: CONNECTIONS })
  holdApp(app)
  void stopInOrder(app, watchAnswers())
}

/**
 * Next itself stops listening at a signal, and ends the process once its connections are closed. Event streams would stay
 * open for as long as their browsers do.
 */
async function stopInOrder(app: App, drain: Drain): Promise<void> {
  const { stop, hurry } = stopSignals(CHILD_WISH_MS)
  await aborted(stop)
  app.log.info({ signal: stop.reason }, 'web stops')
  // Next ends with the number of the signal, which to whoever waits for the process looks like a failure.
  process.on('exit', () => {
    process.exitCode = 0
  })
  drain.begin()
  closeLiveHub(app).catch((error: unknown) => app.log.warn({ err: error }, 'streams did not end in order'))
  await aborted(hurry)
  drain.cut()
}

export function logRequestError(
  error: unknown,
  where: { readonly method: string; readonly route: string; readonly kind: string },
): void {
  const log = findApp()?.log
  if (log) log.error({ err: error, ...where }, 'request failed')
  else console.error(error)
}
