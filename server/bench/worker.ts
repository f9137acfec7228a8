import { systemClock } from '#lib/time.ts'
import { openDatabase } from '#server/db/client.ts'
import { WORK_CHANNEL } from '#server/engine/postgres/notifier.ts'
import { testPorts } from '#server/engine/postgres/worker/testing.ts'
import { startWorker } from '#server/engine/postgres/worker/worker.ts'
import { WORKER } from './kit/rig.ts'
import { benchCatalog, callExecutor } from './kit/workflows.ts'

/** A worker process: says that it is ready, and begins when it is told to. */
const [url = '', concurrency = ''] = process.argv.slice(2)
const database = openDatabase(url, { max: 8, name: 'bench-worker' })
await database.sql`select 1`
process.once('message', async () => {
  const worker = await startWorker({
    ...WORKER,
    sql: database.sql,
    clock: systemClock,
    catalog: benchCatalog,
    onError: (error) => console.error(error),
    concurrency: Number(concurrency),
    ports: { ...testPorts, executors: { call: callExecutor } },
  })
  await database.sql.listen(WORK_CHANNEL, () => worker.nudge())
  process.once('disconnect', () => void worker.stop().then(() => process.exit()))
  process.send?.('working')
})
process.send?.('ready')
