import { afterEach, beforeEach, expect, it } from 'vitest'
import { systemClock } from '#lib/time.ts'
import { testCatalog, workflow } from '#lib/workflow/testkit.ts'
import { move } from './client/move.ts'
import { type CommittedNews, createParts } from './parts.ts'
import { call, openWorkerBench, type WorkerBench } from './worker/worker-testing.ts'

let bench: WorkerBench
beforeEach(async () => {
  bench = await openWorkerBench()
})
afterEach(() => bench.close())

/** A queued run, and what is told while it is admitted inside a transaction. */
async function admitting(meanwhile: (told: readonly CommittedNews[]) => void) {
  const run_id = await bench.begin(workflow([{ id: 'one', type: 'call' }]), { concurrency: { key: 'k', max: 1 } })
  const told: CommittedNews[] = []
  const parts = createParts({
    sql: bench.sql,
    clock: systemClock,
    catalog: testCatalog,
    onError: (error) => bench.troubles.push(error),
    observe: (news) => told.push(news),
  })
  const done = parts.transaction(async (inside) => {
    await move<never>(inside, call, run_id, async (_run, at) => ({ event: { type: 'admit', at } }))
    meanwhile(told)
  })
  return { run_id, told, done }
}

it('tells what was done in a transaction after its commit', async () => {
  let during = -1
  const { run_id, told, done } = await admitting((news) => {
    during = news.length
  })
  await done
  expect(during).toBe(0)
  expect(told.map((news) => [news.run_id, news.events.map(({ type }) => type)])).toEqual([
    [run_id, ['run.started', 'step.started']],
  ])
  expect(await bench.status(run_id)).toBe('running')
})

it('tells nothing of a transaction that was undone', async () => {
  const { run_id, told, done } = await admitting(() => {
    throw new Error('no')
  })
  await expect(done).rejects.toThrow('no')
  expect(told).toEqual([])
  expect(await bench.status(run_id)).toBe('queued')
})
