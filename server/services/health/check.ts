import { schemaVersion } from '#server/db/migrate.ts'
import type { App } from '../context.ts'

export interface Health {
  readonly ready: boolean
  /** One sentence each; `ok` when there is nothing to say. */
  readonly checks: { readonly database: string; readonly migrations: string; readonly worker: string }
}

const PATIENCE_MS = 3_000
const OK = 'ok'

/** Whether a run that is started now would be worked on. Never throws: trouble is the answer. */
export async function checkHealth(app: App): Promise<Health> {
  const unknown = 'not known, because the database does not answer'
  try {
    const [version, worker] = await withinPatience(Promise.all([schemaVersion(app.database), workerIsAlive(app)]))
    const migrations = {
      current: OK,
      behind: 'the database is older than this program; restart Scaff to migrate it',
      newer: 'the database belongs to a newer version of Scaff',
    }[version.kind]
    const checks = { database: OK, migrations, worker: worker ? OK : 'no worker is alive' }
    return { ready: Object.values(checks).every((check) => check === OK), checks }
  } catch (error) {
    app.log.warn({ err: error }, 'not ready')
    return {
      ready: false,
      checks: { database: 'the database does not answer', migrations: unknown, worker: unknown },
    }
  }
}

/** By the database's clock, in which workers renew their leases. */
async function workerIsAlive({ database }: App): Promise<boolean> {
  const [row] = await database.sql`select 1 from workers where lease_until > now() limit 1`
  return row !== undefined
}

async function withinPatience<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, failed) => {
    timer = setTimeout(() => failed(new Error(`no answer within ${PATIENCE_MS} ms`)), PATIENCE_MS)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
