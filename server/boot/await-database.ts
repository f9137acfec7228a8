import { setTimeout as pause } from 'node:timers/promises'
import postgres from 'postgres'
import { BootError } from './boot-error.ts'
import { hasCode } from './has-code.ts'
import type { Say } from './say.ts'

const LEAST_VERSION = 15
const WAIT_MS = 30_000
/** Not there yet, or just coming up. */
const AWAY = [
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'CONNECT_TIMEOUT',
  'CONNECTION_CLOSED',
  '57P03',
]

/**
 * Waits until an outside database answers, and looks whether it will do.
 *
 * @throws BootError that says what is the matter with it.
 */
export async function awaitDatabase(url: string, say: Say, patienceMs = WAIT_MS): Promise<void> {
  const where = new URL(url).host
  const deadline = performance.now() + patienceMs
  for (let told = false; ; told = true) {
    const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => {} })
    try {
      const [row] = await sql<{ version: number }[]>`select current_setting('server_version_num')::int as version`
      const version = Math.floor((row?.version ?? 0) / 10_000)
      if (version < LEAST_VERSION) {
        throw new BootError(
          `The database at ${where} is PostgreSQL ${version}; Scaff needs ${LEAST_VERSION} or later. Upgrade it, or leave DATABASE_URL out for the embedded one.`,
        )
      }
      return
    } catch (error) {
      if (error instanceof BootError) throw error
      if (!hasCode(error, ...AWAY) || performance.now() > deadline) throw unreachable(where, error)
      if (!told) say(`waiting for the database at ${where} …`)
      await pause(250)
    } finally {
      await sql.end({ timeout: 1 })
    }
  }
}

function unreachable(where: string, error: unknown): BootError {
  const reason = error instanceof Error ? error.message : String(error)
  if (hasCode(error, '28P01', '28000')) {
    return new BootError(
      `The database at ${where} refuses the user or password of DATABASE_URL. Correct it, then start again.`,
    )
  }
  if (hasCode(error, '3D000')) {
    return new BootError(
      `The server at ${where} has no such database. Create the one that DATABASE_URL names, then start again.`,
    )
  }
  return new BootError(`The database at ${where} does not answer: ${reason}. Start it, or correct DATABASE_URL.`)
}
