import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '#server/testing/database.ts'
import { createLiveHub, type LiveHub } from './hub.ts'

let test: TestDatabase
beforeAll(async () => {
  test = await testDatabase()
})
afterAll(() => test.drop())

const never = new AbortController().signal
const hub = (pollMs = 60_000): LiveHub =>
  createLiveHub(test.database.sql, {
    pollMs,
    onError: (error) => {
      throw error
    },
  })
const notify = (run_id: string) => test.database.sql`select pg_notify('scaff_events', ${run_id})`
/** A watch that has done its first look and is really listened for. */
async function watching(live: LiveHub, run_id: string | null) {
  const watch = live.watch(run_id)
  await watch.next(never)
  // The LISTEN wakes everybody once, when it stands.
  await watch.next(never)
  return watch
}
const listeners = async () => {
  const rows = await test.database
    .sql`select 1 from pg_stat_activity where query ilike 'listen%' and datname = current_database()`
  return rows.length
}

describe('the live hub', () => {
  it('lets a watcher look at once, then when its run is told of', async () => {
    const live = hub()
    const watch = await watching(live, 'run_a')
    const looked = watch.next(never)
    await notify('run_b')
    await notify('run_a')
    expect(await looked).toBe(true)
    await live.close()
  })

  it('wakes who watches all runs, and everybody when no run is named', async () => {
    const live = hub()
    const all = await watching(live, null)
    const one = live.watch('run_a')
    await one.next(never)
    const looked = all.next(never)
    await notify('run_b')
    expect(await looked).toBe(true)
    const both = Promise.all([all.next(never), one.next(never)])
    await notify('')
    expect(await both).toEqual([true, true])
    await live.close()
  })

  it('loses no news that come between two looks', async () => {
    const live = hub()
    const watch = await watching(live, 'run_a')
    const other = live.watch('run_a')
    await other.next(never)
    const told = other.next(never)
    await notify('run_a')
    await told
    expect(await watch.next(never)).toBe(true)
    await live.close()
  })

  it('has one LISTEN for all watchers, and none after it is closed', async () => {
    const live = hub()
    await Promise.all(Array.from({ length: 20 }, (_, i) => watching(live, i % 2 ? null : 'run_a')))
    expect(await listeners()).toBe(1)
    await live.close()
  })

  it('looks by itself after a while, as a net', async () => {
    const live = hub(20)
    const watch = await watching(live, 'run_a')
    expect(await watch.next(never)).toBe(true)
    await live.close()
  })

  it('ends a watch when its reader goes or the hub closes', async () => {
    const live = hub()
    const watch = await watching(live, 'run_a')
    const gone = new AbortController()
    const left = watch.next(gone.signal)
    gone.abort()
    expect(await left).toBe(false)
    const other = await live.watch('run_b')
    await other.next(never)
    const ended = other.next(never)
    await live.close()
    expect(await ended).toBe(false)
    expect(await live.watch('run_c').next(never)).toBe(false)
  })

  it('goes on after its connection was cut', async () => {
    const live = hub()
    const watch = await watching(live, 'run_a')
    const looked = watch.next(never)
    await test.database
      .sql`select pg_terminate_backend(pid) from pg_stat_activity where query ilike 'listen%' and datname = current_database()`
    expect(await looked).toBe(true)
    const again = watch.next(never)
    await notify('run_a')
    expect(await again).toBe(true)
    await live.close()
  })
})
