import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { launchPostgres } from '#server/boot/postgres/launch.ts'
import { projectRoot } from '#server/boot/root.ts'
import { openDatabase } from '#server/db/client.ts'
import { migrateDatabase } from '#server/db/migrate.ts'
import type { BenchCase } from './bench-case.ts'
import { languageCase } from './language.ts'
import { loopCase } from './loop.ts'

/**
 * `npm run bench [-- --json]`: speed at the engine port against what plain PostgreSQL commits on the same machine in
 * the same run, durable settings on, and of the language against the YAML library. Figures are ratios first: absolute ones belong to a machine.
 */
const folder = mkdtempSync(join(tmpdir(), 'scaff-bench-'))
const server = await launchPostgres({
  cluster: join(folder, 'postgres'),
  password: 'bench',
  database: 'bench',
  log: join(folder, 'postgres.log'),
  durable: true,
  settings: { max_connections: '100' },
})
try {
  await migrateDatabase(server.url, projectRoot())
  const database = openDatabase(server.url, { max: 20, name: 'bench' })
  const cases: BenchCase[] = []
  try {
    cases.push(await loopCase(database))
    cases.push(languageCase())
  } finally {
    await database.close()
  }
  const machine = {
    cpu: cpus()[0]?.model ?? '',
    cores: cpus().length,
    memory_gb: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    commit: commit(),
  }
  if (process.argv.includes('--json')) console.log(JSON.stringify({ machine, cases }, null, 2))
  else
    for (const c of cases)
      console.log(
        `${c.name}  ${c.value} ${c.unit}, ${c.ratio} of ${c.baseline}; one alone p50 ${c.p50} ms, p95 ${c.p95} ms, p99 ${c.p99} ms; ${c.note}`,
      )
} finally {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
}

function commit(): string {
  return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: projectRoot(), encoding: 'utf8' }).trim()
}
