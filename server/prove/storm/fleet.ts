import { setTimeout as pause } from 'node:timers/promises'
import type { Sql } from '#server/db/client.ts'
import { type Hired, hire as hireWorker } from '../hired.ts'
import { endProcess } from '../process.ts'
import { repeatedly } from '../repeatedly.ts'

/** One worker process. `instance` is its own; the name `id` may be that of the process it replaced. */
interface Member extends Hired {
  readonly id: string
  readonly instance: string
  readonly life: Life
}

export interface Killed {
  readonly instance: string
  readonly at: number
  /** Work rows it held. */
  readonly held: number
}

export interface Life {
  readonly id: string
  readonly instance: string
  readonly from: number
  /** When it was killed. */
  until: number
}

/** Worker processes that are killed and replaced. */
export interface Fleet {
  readonly kills: readonly Killed[]
  /** What the workers told of. */
  readonly troubles: readonly string[]
  ready(): Promise<void>
  /** Milliseconds from each kill to the next claim of each row that was held; those still open are missing. */
  readonly takeovers: { readonly sameName: number[]; readonly newName: number[] }
  /** Rows that a killed worker held and nobody has claimed yet. */
  open(): number
  /** Every process there was, and when. */
  readonly lives: readonly Life[]
  /**
   * Kills one, and puts another in its place: under the same name, as a supervisor does, or under a new one. Waits while it is
   * the last one there: how long processes take to start is not what is measured. Waits a moment while it holds nothing: where
   * steps are quick, most instants would find a worker that has nothing to lose.
   */
  kill(place: number, sameName: boolean): Promise<void>
  close(): Promise<void>
}

export interface FleetOptions {
  /** The program of a worker. */
  readonly program: string
  readonly url: string
  readonly sql: Sql
  readonly size: number
  readonly leaseSeconds: number
}

export function openFleet({ program, url, sql, size, leaseSeconds }: FleetOptions): Fleet {
  let born = 0
  const troubles: string[] = []
  const kills: Killed[] = []
  const lives: Life[] = []
  const takeovers = { sameName: [] as number[], newName: [] as number[] }
  const hire = (id: string | null): Member => {
    const instance = `storm-${++born}`
    const name = id ?? `wrk_${instance}`
    const args = [url, name, instance, String(leaseSeconds)]
    const hired = hireWorker(program, args, (trouble) => troubles.push(`${instance}: ${trouble}`))
    const life: Life = { id: name, instance, from: Date.now(), until: Number.POSITIVE_INFINITY }
    lives.push(life)
    return { ...hired, id: name, instance, life }
  }
  const members = Array.from({ length: size }, () => hire(null))
  const watch = watchWork(sql, takeovers)

  return {
    kills,
    troubles,
    takeovers,
    lives,
    open: watch.open,
    ready: async () => void (await Promise.all(members.map(({ ready }) => ready))),
    async kill(place, sameName) {
      await Promise.race(members.filter((_, i) => i !== place).map(({ ready }) => ready))
      const { id, instance, child, life } = members[place] as Member
      await untilAtWork(sql, id)
      const gone = endProcess(child)
      const at = Date.now()
      life.until = at
      await gone
      await untilGone(sql, instance)
      const held = await sql<{ id: string; fence: number }[]>`select id, fence from work where owner = ${id}`
      watch.await(held, at, sameName)
      kills.push({ instance, at, held: held.length })
      members[place] = hire(sameName ? id : null)
    },
    async close() {
      await watch.stop()
      await Promise.all(members.map(({ child }) => endProcess(child)))
      for (const { instance } of members) await untilGone(sql, instance)
    },
  }
}

const IDLE_MS = 1_000

async function untilAtWork(sql: Sql, id: string): Promise<void> {
  const latest = performance.now() + IDLE_MS
  const held = () => sql`select 1 from work where owner = ${id} limit 1`
  while (performance.now() < latest && (await held()).length === 0) await pause(5)
}

/** Until PostgreSQL has noticed too: what the process had sent is committed by then, or never. */
async function untilGone(sql: Sql, instance: string): Promise<void> {
  const there = () =>
    sql`select 1 from pg_stat_activity where application_name = ${instance} and datname = current_database()`
  while ((await there()).length > 0) await pause(5)
}

const LOOK_EVERY_MS = 20

/** Looks often at who holds what, as nobody in the engine keeps times of claims. */
function watchWork(sql: Sql, takeovers: Fleet['takeovers']) {
  const waiting = new Map<string, { id: string; fence: number; at: number; sameName: boolean }>()
  const looking = repeatedly(LOOK_EVERY_MS, async () => {
    if (waiting.size === 0) return
    const ids = [...waiting.values()].map(({ id }) => id)
    const rows = await sql<{ id: string; fence: number }[]>`select id, fence from work where id = any(${ids})`
    const fences = new Map(rows.map(({ id, fence }) => [id, fence]))
    for (const [key, { id, fence, at, sameName }] of waiting) {
      // A row that is gone was claimed and settled between two looks.
      if (fences.get(id) === fence) continue
      takeovers[sameName ? 'sameName' : 'newName'].push(Date.now() - at)
      waiting.delete(key)
    }
  })
  return {
    open: () => waiting.size,
    await(held: readonly { id: string; fence: number }[], at: number, sameName: boolean) {
      for (const { id, fence } of held) waiting.set(`${id} ${fence}`, { id, fence, at, sameName })
    },
    stop: looking.stop,
  }
}
