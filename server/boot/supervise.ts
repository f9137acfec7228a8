import { join } from 'node:path'
import { createKeyring } from '#server/auth/keyring.ts'
import { openDatabase } from '#server/db/client.ts'
import { migrateDatabase } from '#server/db/migrate.ts'
import type { Env } from '#server/env.ts'
import { setupLink } from '#server/services/accounts/setup-link.ts'
import { awaitDatabase } from './await-database.ts'
import { BootError } from './boot-error.ts'
import { type Child, keepRunning } from './child.ts'
import { openDataFolder } from './data-folder.ts'
import { keepEmbedded } from './embedded.ts'
import { holdFolder } from './folder-lock.ts'
import { checkMasterKey } from './master-key.ts'
import { ensurePortIsFree } from './port.ts'
import { webProgram, workerProgram } from './programs.ts'
import { projectRoot } from './root.ts'
import type { Say } from './say.ts'
import { aborted, type StopSignals } from './stop-signals.ts'
import { waitReady } from './wait-ready.ts'

export type Role = 'web' | 'worker'

/**
 * How long each may finish what is under way, and when it is killed if it has not ended by then. The whole of a data
 * folder, PostgreSQL's own end included, stops in less than ten seconds. One role alone has others beside it that go on,
 * so it takes the time that most calls of models need.
 */
const DRAIN_MS = { together: 3_000, alone: 25_000 }
const KILL_MS = { together: 5_000, alone: 29_000 }

interface Database {
  readonly url: string
  stop(): Promise<void>
}

/** What children get: everything is known by now. */
type FullEnv = Env & { readonly databaseUrl: string; readonly secretKey: string }

/**
 * Runs Scaff until it is told to stop: the database, then its children, each started again when it ends. They stop in the
 * opposite order. `roles` are the children; both together are the whole of a data folder, one alone joins others.
 *
 * @throws BootError when something must be put right by a person.
 */
export async function supervise(env: Env, roles: readonly Role[], say: Say, signals: StopSignals): Promise<void> {
  const began = performance.now()
  const { stop, hurry } = signals
  const data = openDataFolder(env.dataDir)
  const alone = roles.length === 1
  if (alone && env.databaseUrl === null) {
    throw new BootError(
      `A ${roles.join()} alone needs DATABASE_URL. Set it to the database that all processes share, or use "npm start".`,
    )
  }
  const held = alone ? null : await holdFolder(data, say)
  try {
    if (roles.includes('web')) await ensurePortIsFree(env.port, env.host)
    const database: Database =
      env.databaseUrl === null ? await keepEmbedded(data, say) : await outside(env.databaseUrl, say)
    try {
      const full = { ...env, databaseUrl: database.url, secretKey: env.secretKey ?? data.secretKey() }
      const link = await prepareDatabase(full)
      const children: Child[] = []
      try {
        if (!stop.aborted) {
          const childEnv = environment(full, alone ? null : data.workerId())
          const killMs = alone ? KILL_MS.alone : KILL_MS.together
          children.push(...roles.map((role) => startChild(role, childEnv, killMs, say)))
        }
        if (roles.includes('web')) await announce(env, link, began, say, stop)
        await aborted(stop)
        say('stopping')
      } finally {
        await Promise.all(children.map((child) => child.stop(hurry)))
      }
    } finally {
      await database.stop()
    }
  } finally {
    held?.release()
  }
}

async function outside(url: string, say: Say): Promise<Database> {
  await awaitDatabase(url, say)
  return { url, stop: async () => {} }
}

/** Migrates, makes sure of the key, and answers the set-up link while there is no owner. */
async function prepareDatabase(env: FullEnv): Promise<string | null> {
  await migrateDatabase(env.databaseUrl, projectRoot())
  const database = openDatabase(env.databaseUrl, { max: 1, name: 'scaff-start' })
  try {
    const keys = createKeyring(env.secretKey)
    await checkMasterKey(database, keys)
    return await setupLink({ database, keys, env })
  } finally {
    await database.close()
  }
}

function environment(env: FullEnv, workerId: string | null): NodeJS.ProcessEnv {
  return {
    ...process.env,
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    PORT: String(env.port),
    HOST: env.host,
    DATABASE_URL: env.databaseUrl,
    SCAFF_SECRET_KEY: env.secretKey,
    // One for all web processes: what a page of one encrypts, another one must be able to read.
    NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: Buffer.from(createKeyring(env.secretKey).derive('server-actions')).toString(
      'base64',
    ),
    SCAFF_DRAIN_MS: String(workerId === null ? DRAIN_MS.alone : DRAIN_MS.together),
    ...(workerId === null ? {} : { SCAFF_WORKER_ID: workerId }),
  }
}

function startChild(role: Role, childEnv: NodeJS.ProcessEnv, killMs: number, say: Say): Child {
  const root = projectRoot()
  const guard = ['--import', join(root, 'dist', 'end-with-parent.mjs')]
  return keepRunning({
    name: role,
    args: [...guard, ...(role === 'web' ? webProgram() : workerProgram())],
    env: childEnv,
    cwd: root,
    drainMs: killMs,
    say,
  })
}

/** Tells the address once all is ready, and how to begin while nobody has. */
async function announce(env: Env, link: string | null, began: number, say: Say, stop: AbortSignal): Promise<void> {
  await waitReady(env.port, env.host, stop).catch((error: unknown) => {
    if (!stop.aborted) throw error
  })
  if (stop.aborted) return
  say(`ready at ${env.appUrl} after ${((performance.now() - began) / 1000).toFixed(1)} s`)
  if (link !== null) say(`nobody has an account yet. Open this link once to set Scaff up:\n\n    ${link}\n`)
}
