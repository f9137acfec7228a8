import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launchPostgres } from '#server/boot/postgres/launch.ts'
import { projectRoot } from '#server/boot/root.ts'
import { migrateDatabase } from '#server/db/migrate.ts'

/** Ends the server, in order or by SIGKILL, and starts it again at the same address. */
export type Restart = (how: 'in order' | 'by SIGKILL') => Promise<void>

/** Does the work on a PostgreSQL of its own, durable settings on, and removes it. */
export async function withDatabase<T>(work: (url: string, restart: Restart) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'scaff-prove-'))
  const options = {
    cluster: join(folder, 'postgres'),
    password: 'prove',
    database: 'prove',
    log: join(folder, 'postgres.log'),
    durable: true,
    settings: { max_connections: '100' },
  }
  let server = await launchPostgres(options)
  const restart: Restart = async (how) => {
    if (how === 'in order') await server.stop()
    else process.kill(server.pid, 'SIGKILL')
    await server.ended
    server = await launchPostgres({ ...options, port: server.port })
  }
  try {
    await migrateDatabase(server.url, projectRoot())
    return await work(server.url, restart)
  } finally {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
