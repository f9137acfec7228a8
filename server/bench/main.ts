import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launchPostgres } from '#server/boot/postgres/launch.ts'
import { projectRoot } from '#server/boot/root.ts'
import { openDatabase } from '#server/db/client.ts'
import { migrateDatabase } from '#server/db/migrate.ts'
import type { BenchCase } from './bench-case.ts'
import { CASES } from './cases.ts'
import { CONNECTIONS } from './kit/bench.ts'
import { describeMachine, type Load, underLoad } from './machine.ts'
import { readOptions } from './options.ts'
import { toJson, toTable } from './report.ts'

/**
 * `npm run bench [-- --json] [--long] [names]`: speed at the engine port beside what plain PostgreSQL does on the same machine
 * in the same run, durable settings on. Figures are ratios first: absolute ones belong to a machine.
 */
const options = readOptions(process.argv.slice(2), Object.keys(CASES))
const say = (text: string) => void process.stderr.write(`${text}\n`)
const folder = mkdtempSync(join(tmpdir(), 'scaff-bench-'))
const server = await launchPostgres({
  cluster: join(folder, 'postgres'),
  password: 'bench',
  database: 'bench',
  log: join(folder, 'postgres.log'),
  durable: true,
  settings: {
    max_connections: '100',
    // Counts nothing until a case asks for it.
    shared_preload_libraries: 'pg_stat_statements',
    'pg_stat_statements.track': 'none',
  },
})
try {
  await migrateDatabase(server.url, projectRoot())
  const database = openDatabase(server.url, { max: CONNECTIONS, name: 'bench' })
  try {
    const cases: BenchCase[] = []
    const loads: Load[] = []
    for (const name of options.names) {
      say(`${name} …`)
      const measured = await underLoad(
        () => CASES[name]?.({ database, url: server.url, long: options.long, say }) ?? Promise.resolve([]),
      )
      cases.push(...measured.cases)
      loads.push(measured.load)
    }
    const report = { machine: await describeMachine(database.sql, loads), cases }
    process.stdout.write(`${options.json ? toJson(report) : toTable(report)}\n`)
  } finally {
    await database.close()
  }
} finally {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
}
