import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newId } from '#lib/ids.ts'
import { newApiKey } from '#server/auth/api-key.ts'
import { ensureBuilt } from '#server/boot/build.mjs'
import { freePort } from '#server/boot/port.ts'
import { openDatabase, type Sql } from '#server/db/client.ts'
import { bundle, endProcess, heard, startProcess } from '../process.ts'
import { findings, type ProofReport } from '../report.ts'
import { publish } from '../setting.ts'
import { drained, eachOnce, nothingLost, offered } from './checks.ts'
import type { ClientOrder, ClientReport } from './client.ts'
import { type Outside, openOutside } from './outside.ts'
import { openPlace, type Place, type PlaceOptions, type Replaced } from './places.ts'
import { rollingWorkflow } from './work.ts'

export interface RollingSizes {
  readonly workers: number
  /** Web processes that the clients come through; 0: they are at the engine's port. */
  readonly webs: number
  readonly clients: number
  readonly rounds: number
  /** Of all clients together. */
  readonly startsPerSecond: number
  /** How long a worker's process waits, started alone; null: started as people do, with the drain they have. */
  readonly drainMs: number | null
  /** The longest call of a run, longer than any drain. */
  readonly longestMs: number
}

export const SHORT: RollingSizes = {
  workers: 2,
  webs: 0,
  clients: 2,
  rounds: 2,
  startsPerSecond: 4,
  drainMs: 800,
  longestMs: 3_000,
}
export const LONG: RollingSizes = {
  workers: 3,
  webs: 2,
  clients: 3,
  rounds: 2,
  startsPerSecond: 3,
  drainMs: null,
  longestMs: 32_000,
}

/**
 * Under a steady load every process is told to end and replaced, one after the other, round after round. No run is lost or
 * failed by it, and nothing goes out twice that must not.
 */
export async function rolling(url: string, sizes: RollingSizes): Promise<ProofReport> {
  await ensureBuilt(sizes.webs > 0 ? ['server', 'web'] : ['server'])
  const folder = mkdtempSync(join(tmpdir(), 'scaff-rolling-'))
  const pool = openDatabase(url, { max: 3, name: 'rolling proof' })
  const outside = await openOutside(sizes.longestMs)
  const found = findings()
  const open: { close(): Promise<void> }[] = []
  const clients: ChildProcess[] = []
  try {
    const workflow = await publish(pool.sql, rollingWorkflow(outside.url))
    const env = environment(url, folder, sizes)
    const workers = await openAll(
      open,
      Array.from({ length: sizes.workers }, () => ({ role: 'worker', env, supervised: sizes.drainMs === null })),
    )
    const ports = await Promise.all(Array.from({ length: sizes.webs }, freePort))
    const webs = await openAll(
      open,
      ports.map((port) => ({ role: 'web', env: { ...env, PORT: String(port) }, supervised: true })),
    )
    const urls = ports.map((port) => `http://127.0.0.1:${port}`)
    const rest = urls.length > 0 ? { urls, key: await makeKey(pool.sql) } : null
    const client = await bundle('rolling/client.ts', join(folder, 'client.mjs'))
    for (let i = 0; i < sizes.clients; i++) clients.push(await openClient(client, url))
    const everyMs = (1_000 * sizes.clients) / sizes.startsPerSecond
    const began = performance.now()
    const reports = clients.map((client, index) =>
      follow(client, { workflow, clients: sizes.clients, index, everyMs, rest }),
    )
    const replaced = await replaceAll([...interleave(workers, webs)], sizes.rounds)
    const seconds = (performance.now() - began) / 1_000
    for (const client of clients) client.send('enough')
    const all = await Promise.all(reports)
    return { figures: await judge(pool.sql, outside, all, replaced, seconds), broken: found.broken }
  } finally {
    await Promise.all(clients.map((client) => endProcess(client)))
    await Promise.all(open.map((one) => one.close()))
    await outside.close()
    await pool.close()
    rmSync(folder, { recursive: true, force: true })
  }

  async function judge(sql: Sql, { seen }: Outside, all: ClientReport[], replaced: Replaced[], seconds: number) {
    return {
      processes: `${sizes.workers} workers, ${sizes.webs} web, ${sizes.clients} clients`,
      ...offered(all, seconds, found),
      ...drained(replaced, found),
      ...(await nothingLost(sql, all, found)),
      ...(await eachOnce(sql, all, seen, found)),
    }
  }
}

function environment(url: string, folder: string, { drainMs }: RollingSizes): Record<string, string> {
  return {
    DATABASE_URL: url,
    SCAFF_SECRET_KEY: 'proof-key-0123456789-abcdefghijklmnop',
    SCAFF_DATA_DIR: folder,
    HOST: '127.0.0.1',
    EGRESS_ALLOW: '127.0.0.1',
    ...(drainMs === null ? {} : { SCAFF_DRAIN_MS: String(drainMs) }),
  }
}

/** All at once, as after a power cut. */
async function openAll(open: { close(): Promise<void> }[], wanted: readonly PlaceOptions[]): Promise<Place[]> {
  return Promise.all(
    wanted.map(async (options) => {
      const place = await openPlace(options)
      open.push(place)
      return place
    }),
  )
}

function interleave<T>(some: readonly T[], others: readonly T[]): T[] {
  return some.flatMap((one, i) => [one, ...others.slice(i, i + 1)])
}

async function replaceAll(places: readonly Place[], rounds: number): Promise<Replaced[]> {
  const replaced: Replaced[] = []
  for (let round = 0; round < rounds; round++) {
    for (const place of places) replaced.push(await place.replace())
  }
  return replaced
}

async function openClient(program: string, url: string): Promise<ChildProcess> {
  const client = startProcess(program, [url])
  await heard(client, (word: unknown) => word === 'ready')
  return client
}

function follow(client: ChildProcess, order: ClientOrder): Promise<ClientReport> {
  const report = heard(client, (word: ClientReport | 'ready') => word !== 'ready')
  client.send(order)
  return report
}

async function makeKey(sql: Sql): Promise<string> {
  const { key, hash, hint } = newApiKey()
  await sql`insert into api_keys (id, name, role, hash, hint) values (${newId('apiKey')}, 'proof', 'admin', ${hash}, ${hint})`
  return key
}
