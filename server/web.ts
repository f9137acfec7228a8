import { findApp, holdApp } from './api/app.ts'
import { watchPeerAddresses } from './api/peer-address.ts'
import { createApp } from './app.ts'
import { readEnv } from './env.ts'
import { closeLiveHub } from './live/hub.ts'

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
  // Next waits for open connections when it stops; event streams would stay open for as long as their browsers do.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void closeLiveHub(app))
}

export function logRequestError(
  error: unknown,
  where: { readonly method: string; readonly route: string; readonly kind: string },
): void {
  const log = findApp()?.log
  if (log) log.error({ err: error, ...where }, 'request failed')
  else console.error(error)
}
