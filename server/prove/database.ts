import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launchPostgres } from '#server/boot/postgres/launch.ts'
import { projectRoot } from '#server/boot/root.ts'
import { migrateDatabase } from '#server/db/migrate.ts'

/** Does the work on a PostgreSQL of its own, durable settings on, and removes it. */
export async function withDatabase<T>(work: (url: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'scaff-prove-'))
  const server = await launchPostgres({
    cluster: join(folder, 'postgres'),
    password: 'prove',
    database: 'prove',
    log: join(folder, 'postgres.log'),
    durable: true,
    settings: { max_connections: '100' },
  })
  try {
    await migrateDatabase(server.url, projectRoot())
    return await work(server.url)
  } finally {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
