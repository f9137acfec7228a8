import { setTimeout as pause } from 'node:timers/promises'
import postgres from 'postgres'
import { hasCode } from '../has-code.ts'
import { SUPERUSER } from './cluster.ts'
import { isServerOf } from './pid-file.ts'

export interface RunningPostgres {
  readonly url: string
  readonly pid: number
  readonly port: number
  /** It was running before: left by a supervisor that was killed, or somebody else's at this moment. */
  readonly adopted: boolean
  /** Resolves when the server is gone, for whatever reason. */
  readonly ended: Promise<void>
  /** Ends sessions and writes everything down. Resolves when the server is gone. */
  stop(): Promise<void>
}

/** `fast` ends sessions and writes everything down; if that hangs, `immediate` leaves it to the next start to recover. */
const STOPS = [
  { signal: 'SIGINT', withinMs: 3_000 },
  { signal: 'SIGQUIT', withinMs: 1_000 },
] as const

/** A handle on a server that is ready, whoever started it. */
export function runningPostgres(at: {
  readonly pid: number
  readonly port: number
  readonly cluster: string
  readonly password: string
  readonly database: string
  readonly adopted: boolean
}): RunningPostgres {
  const { pid, port, cluster, adopted } = at
  const runs = () => isServerOf(pid, cluster)
  const gone = async () => {
    while (runs()) await pause(50, undefined, { ref: false })
  }
  return {
    url: `postgres://${SUPERUSER}:${encodeURIComponent(at.password)}@127.0.0.1:${port}/${encodeURIComponent(at.database)}`,
    pid,
    port,
    adopted,
    ended: gone(),
    async stop() {
      for (const { signal, withinMs } of STOPS) {
        if (!runs()) return
        send(pid, signal)
        const deadline = performance.now() + withinMs
        while (runs() && performance.now() < deadline) await pause(10)
      }
    },
  }
}

/** Creates the database when it is not there. */
export async function ensureDatabase(url: string): Promise<void> {
  const name = decodeURIComponent(new URL(url).pathname.slice(1))
  const admin = postgres(adminUrl(url), { max: 1, onnotice: () => {} })
  try {
    const [found] = await admin`select 1 from pg_database where datname = ${name}`
    if (!found) await admin`create database ${admin(name)}`
  } catch (error) {
    // Another process, which found the server as we did, was faster.
    if (!hasCode(error, '42P04', '23505')) throw error
  } finally {
    await admin.end()
  }
}

/** The same server's maintenance database. */
export function adminUrl(url: string): string {
  const admin = new URL(url)
  admin.pathname = '/postgres'
  return admin.href
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if (!hasCode(error, 'ESRCH')) throw error
  }
}
