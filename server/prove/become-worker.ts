import { stepCatalog } from '#lib/steps/definitions.ts'
import { systemClock } from '#lib/time.ts'
import { type Database, openDatabase } from '#server/db/client.ts'
import { WORK_CHANNEL } from '#server/engine/postgres/notifier.ts'
import { startWorker, type WorkerOptions } from '#server/engine/postgres/worker/worker.ts'

/** Said by a worker process. */
export type WorkerWord = { readonly said: 'ready' } | { readonly said: 'trouble'; readonly trouble: string }

interface Named {
  readonly url: string
  /** Its name among the workers, which may be that of the process it replaced. */
  readonly id: string
  /** Its own name, by which the database knows its connections. */
  readonly instance: string
}

/** Becomes a worker as production has them, with what the proof gives it. It ends by being killed. */
export async function becomeWorker(
  { url, id, instance }: Named,
  given: (database: Database) => Pick<WorkerOptions, 'concurrency' | 'leaseSeconds' | 'pollMs' | 'ports'>,
): Promise<void> {
  process.once('disconnect', () => process.exit())
  const say = (word: WorkerWord) => process.send?.(word)
  const database = openDatabase(url, { max: 4, name: instance })
  const worker = await startWorker({
    ...given(database),
    sql: database.sql,
    clock: systemClock,
    catalog: stepCatalog,
    onError: (error) => say({ said: 'trouble', trouble: String((error as Error).cause ?? error) }),
    id,
    drainMs: 1_000,
  })
  await database.sql.listen(WORK_CHANNEL, () => worker.nudge())
  say({ said: 'ready' })
}
