import { execFileSync } from 'node:child_process'
import { cpus, loadavg, totalmem } from 'node:os'
import { projectRoot } from '#server/boot/root.ts'
import type { Sql } from '#server/db/client.ts'
import { round } from './bench-case.ts'
import { sleep } from './kit/measure.ts'

/** What figures belong to: the machine, the database's settings, and how busy others were. */
export interface Machine {
  readonly cpu: string
  readonly cores: number
  readonly memory_gb: number
  readonly node: string
  readonly commit: string
  /** What makes a commit durable, and dear. */
  readonly postgres: Readonly<Record<string, string>>
  readonly load: readonly Load[]
}

/** The machine's load average around a measurement. */
export interface Load {
  readonly cases: readonly string[]
  readonly before: number
  readonly after: number
  /** Others took more than a tenth of the processors just before or just after. */
  readonly noisy: boolean
}

const SETTINGS = ['server_version', 'fsync', 'synchronous_commit', 'full_page_writes', 'wal_sync_method'] as const

/** Describes the machine. Throws when the database could lose a commit: its figures would say nothing. */
export async function describeMachine(sql: Sql, load: readonly Load[]): Promise<Machine> {
  const rows = await sql<{ name: string; setting: string }[]>`
    select name, setting from pg_settings where name in ${sql([...SETTINGS])} order by name`
  const postgres = Object.fromEntries(rows.map(({ name, setting }) => [name, setting]))
  if (postgres.fsync !== 'on' || postgres.synchronous_commit !== 'on') {
    throw new Error('The benchmark needs fsync and synchronous_commit on.')
  }
  return {
    cpu: cpus()[0]?.model ?? '',
    cores: cpus().length,
    memory_gb: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    commit: commit(),
    postgres,
    load,
  }
}

/** The commit that runs; with a plus when files differ from it. */
function commit(): string {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: projectRoot(), encoding: 'utf8' }).trim()
  return git('rev-parse', '--short', 'HEAD') + (git('status', '--porcelain', '-uno') === '' ? '' : '+')
}

/** Measures, and looks before and after what the rest of the machine does while this does nothing. */
export async function underLoad<T extends { readonly name: string }>(
  measure: () => Promise<T[]>,
): Promise<{ readonly cases: T[]; readonly load: Load }> {
  const before = { load: loadavg()[0] ?? 0, busy: await busyShare() }
  const cases = await measure()
  const after = { load: loadavg()[0] ?? 0, busy: await busyShare() }
  const load = {
    cases: cases.map(({ name }) => name),
    before: round(before.load),
    after: round(after.load),
    noisy: Math.max(before.busy, after.busy) > 0.1,
  }
  return { cases, load }
}

/** The share of a second in which the processors were at work. */
async function busyShare(): Promise<number> {
  const total = () =>
    cpus().reduce(
      (sum, { times }) => ({
        idle: sum.idle + times.idle,
        all: sum.all + times.idle + times.user + times.sys + times.nice + times.irq,
      }),
      { idle: 0, all: 0 },
    )
  const from = total()
  await sleep(1_000)
  const to = total()
  return 1 - (to.idle - from.idle) / (to.all - from.all)
}
