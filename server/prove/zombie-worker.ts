import { once } from 'node:events'
import { systemClock } from '#lib/time.ts'
import { openDatabase } from '#server/db/client.ts'
import { testPorts } from '#server/engine/postgres/worker/testing.ts'
import { startWorker } from '#server/engine/postgres/worker/worker.ts'
import { engineOptions } from './setting.ts'
import { LEASE_SECONDS, type ZombieWord } from './zombie.ts'

/** The worker process of the proof `zombie`: it says when it executes, answers when told to, and says when it is through. */
const url = process.argv[2]
if (!url) throw new Error('give the address of the database')
const { sql } = openDatabase(url, { max: 3, name: 'zombie' })
const troubles: unknown[] = []
const say = (word: ZombieWord) => process.send?.(word)

const worker = await startWorker({
  ...engineOptions(sql, systemClock, troubles),
  ports: {
    ...testPorts,
    executors: {
      call: async ({ idempotencyKey }) => {
        const told = once(process, 'message')
        say({ said: 'executing', key: idempotencyKey })
        await told
        return { ok: true, output: { by: 'zombie' }, input: null }
      },
    },
  },
  id: null,
  concurrency: 1,
  leaseSeconds: LEASE_SECONDS,
  pollMs: 20,
  drainMs: 1_000,
})
process.once('message', async () => {
  // After the executor that hears the same word.
  await new Promise((resolve) => setImmediate(resolve))
  await worker.idle()
  say({ said: 'settled', troubles: troubles.map(String) })
})
