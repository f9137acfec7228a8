import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import next from 'next'
import { holdApp } from './api/app.ts'
import { drainOf } from './api/drain.ts'
import { settlePeerAddress } from './api/peer-address.ts'
import { restListener } from './api/rest-listener.ts'
import { createApp } from './app.ts'
import { projectRoot } from './boot/root.ts'
import { aborted, CHILD_WISH_MS, stopSignals } from './boot/stop-signals.ts'
import { readEnv } from './env.ts'
import { closeLiveHub } from './live/hub.ts'

/** Composition root of the web process: the API is answered here, pages by Next. Connections to the database: */
const CONNECTIONS = 20

const { stop, hurry } = stopSignals(CHILD_WISH_MS)
const env = readEnv(process.env)
// next-auth reads its own address from here; from a request's Host header it must not come.
process.env.NEXTAUTH_URL = env.appUrl
const app = await createApp({ env, service: 'web', connections: CONNECTIONS })
holdApp(app)

const pages = next({ dir: projectRoot(), hostname: env.host, port: env.port, quiet: true })
const prepared = pages.prepare().then(() => pages.getRequestHandler())
const answerRest = restListener(app)

// Who comes while the pages are being prepared waits for them.
async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  settlePeerAddress(request.headers, request.socket.remoteAddress, env.trustProxy)
  if (!answerRest(request, response)) await (await prepared)(request, response)
}

const server = createServer((request, response) => {
  answer(request, response).catch((error: unknown) => {
    app.log.error({ err: error, method: request.method }, 'request failed')
    if (!response.headersSent) response.writeHead(500)
    response.end()
  })
})
const drain = drainOf(server)
server.listen(env.port, env.host)
await prepared

await aborted(stop)
app.log.info({ signal: stop.reason }, 'web stops')
const closed = drain.begin()
// Event streams would stay open for as long as their browsers do.
closeLiveHub(app).catch((error: unknown) => app.log.warn({ err: error }, 'streams did not end in order'))
await Promise.race([closed, aborted(hurry)])
drain.cut()
await closed
process.exit()
