import { setTimeout as pause } from 'node:timers/promises'
import type { DataFolder } from './data-folder.ts'
import { adoptPostgres, launchPostgres } from './postgres/launch.ts'
import type { RunningPostgres } from './postgres/running.ts'
import type { Say } from './say.ts'

const DATABASE = 'scaff'
const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 10_000

/** The embedded server of a data folder, started or adopted. `port`: the one it should have again. */
export function launchEmbedded(data: DataFolder, port?: number): Promise<RunningPostgres> {
  return launchPostgres({
    cluster: data.cluster,
    password: data.postgresPassword(),
    database: DATABASE,
    log: data.postgresLog,
    ...(port === undefined ? {} : { port }),
  })
}

/** The one that runs there already; null while there is none. */
export function findEmbedded(data: DataFolder): Promise<RunningPostgres | null> {
  return adoptPostgres({ cluster: data.cluster, password: data.postgresPassword(), database: DATABASE })
}

/** Starts the embedded server again whenever it ends, at the same address, until it is stopped here. */
export async function keepEmbedded(data: DataFolder, say: Say): Promise<{ url: string; stop(): Promise<void> }> {
  const stopping = new AbortController()
  let server = await launchEmbedded(data)
  const { url, port } = server

  const live = async () => {
    for (;;) {
      await Promise.race([server.ended, aborted(stopping.signal)])
      if (stopping.signal.aborted) return
      say('PostgreSQL ended by itself; starting it again')
      for (let pauseMs = FIRST_PAUSE_MS; !stopping.signal.aborted; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
        try {
          server = await launchEmbedded(data, port)
          break
        } catch (error) {
          say(error instanceof Error ? error.message : String(error))
          await Promise.race([pause(pauseMs, undefined, { ref: false }), aborted(stopping.signal)])
        }
      }
    }
  }
  const living = live()

  return {
    url,
    async stop() {
      stopping.abort()
      await living
      await server.stop()
    },
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    if (signal.aborted) done()
    else signal.addEventListener('abort', () => done(), { once: true })
  })
}
