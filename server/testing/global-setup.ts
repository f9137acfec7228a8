import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import type { TestProject } from 'vitest/node'
import { launchPostgres } from '#server/boot/postgres/launch.ts'
import { serversOf } from '#server/boot/postgres/pid-file.ts'
import { adminUrl } from '#server/boot/postgres/running.ts'
import { projectRoot } from '#server/boot/root.ts'
import { migrateDatabase } from '#server/db/migrate.ts'
import { TEMPLATE, TEST_PREFIX } from './names.ts'

const FOLDER_PREFIX = 'scaff-test-'
const CLUSTER = 'postgres'
const YOUNG_MS = 10 * 60_000

declare module 'vitest' {
  export interface ProvidedContext {
    /** The maintenance database of the test server. */
    readonly postgresAdminUrl: string
  }
}

/**
 * One real PostgreSQL in a temporary folder for the whole run, with a migrated template that `testDatabase()` clones.
 * At the end nothing may be left over: a test that forgot a database or a live worker fails the run.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  sweep()
  const folder = mkdtempSync(join(tmpdir(), FOLDER_PREFIX))
  const server = await launchPostgres({
    cluster: join(folder, CLUSTER),
    password: 'test',
    database: TEMPLATE,
    log: join(folder, 'postgres.log'),
    durable: false,
    settings: { max_connections: '400', shared_buffers: '64MB', autovacuum: 'off' },
  })
  await migrateDatabase(server.url, projectRoot())
  const admin = adminUrl(server.url)
  project.provide('postgresAdminUrl', admin)

  return async () => {
    const left = await leftovers(admin).finally(async () => {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    })
    if (left.length > 0) throw new Error(`Tests left databases behind; call drop() in afterAll:\n${left.join('\n')}`)
  }
}

/** Our folders of runs that were killed: their servers ended with them. Young ones may belong to a run that just begins. */
function sweep(): void {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(FOLDER_PREFIX)) continue
    const folder = join(tmpdir(), name)
    const stat = statSync(folder, { throwIfNoEntry: false })
    if (!stat || stat.uid !== process.getuid?.() || Date.now() - stat.mtimeMs < YOUNG_MS) continue
    const cluster = join(folder, CLUSTER)
    if (!existsSync(cluster) || serversOf(cluster).length === 0) {
      rmSync(folder, { recursive: true, force: true })
    }
  }
}

async function leftovers(url: string): Promise<string[]> {
  const admin = postgres(url, { max: 1 })
  try {
    const rows = await admin<{ name: string; clients: string | null }[]>`
      select d.datname as name, string_agg(distinct a.application_name, ', ') as clients
      from pg_database d left join pg_stat_activity a on a.datname = d.datname and a.backend_type = 'client backend'
      where starts_with(d.datname, ${TEST_PREFIX}) group by d.datname order by 1`
    return rows.map((row) => `${row.name} (${row.clients ? `still connected: ${row.clients}` : 'no connection'})`)
  } finally {
    await admin.end()
  }
}
