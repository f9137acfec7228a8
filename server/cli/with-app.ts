import { setTimeout as pause } from 'node:timers/promises'
import { newId } from '#lib/ids.ts'
import { createApp } from '#server/app.ts'
import { awaitDatabase } from '#server/boot/await-database.ts'
import { BootError } from '#server/boot/boot-error.ts'
import { type DataFolder, openDataFolder } from '#server/boot/data-folder.ts'
import { findEmbedded, launchEmbedded } from '#server/boot/embedded.ts'
import { holdFolderBriefly } from '#server/boot/folder-lock.ts'
import { projectRoot } from '#server/boot/root.ts'
import { sayOnStderr } from '#server/boot/say.ts'
import { openDatabase } from '#server/db/client.ts'
import { migrateDatabase, schemaVersion } from '#server/db/migrate.ts'
import type { Env } from '#server/env.ts'
import type { ServiceContext } from '#server/services/context.ts'

/** How long a supervisor that is just starting is given. */
const STARTING_MS = 60_000

/**
 * Does one thing with the services, as the system itself: whoever can read the data folder or the database's address owns
 * this Scaff anyway. Works beside a running Scaff, and without one, for which the embedded database is started for the
 * moment.
 */
export async function withApp<T>(env: Env, work: (ctx: ServiceContext) => Promise<T>): Promise<T> {
  const data = openDataFolder(env.dataDir)
  const database = await reachDatabase(env, data)
  try {
    const secretKey = env.secretKey ?? data.secretKey()
    const app = await createApp({
      env: { ...env, databaseUrl: database.url, secretKey },
      service: 'cli',
      connections: 2,
    })
    try {
      return await work({ app, actor: { kind: 'system', name: 'cli' }, requestId: newId('request'), ip: null })
    } finally {
      await app.close()
    }
  } finally {
    await database.release()
  }
}

interface Reached {
  readonly url: string
  release(): Promise<void>
}

async function reachDatabase(env: Env, data: DataFolder): Promise<Reached> {
  if (env.databaseUrl !== null) {
    await awaitDatabase(env.databaseUrl, sayOnStderr)
    await migrateDatabase(env.databaseUrl, projectRoot())
    return { url: env.databaseUrl, release: async () => {} }
  }
  const held = await holdFolderBriefly(data)
  if (held === null) return { url: await supervisedDatabase(data), release: async () => {} }
  try {
    const server = await launchEmbedded(data)
    const release = async () => {
      await server.stop()
      held.release()
    }
    await migrateDatabase(server.url, projectRoot()).catch(async (error: unknown) => {
      await release()
      throw error
    })
    return { url: server.url, release }
  } catch (error) {
    held.release()
    throw error
  }
}

/** That of a supervisor, as soon as it has started and migrated it. */
async function supervisedDatabase(data: DataFolder): Promise<string> {
  const deadline = performance.now() + STARTING_MS
  for (;;) {
    const server = await findEmbedded(data)
    if (server !== null && (await isMigrated(server.url))) return server.url
    if (performance.now() > deadline) {
      throw new BootError(
        `The Scaff that runs on ${data.path} has no database that answers. See the output of "npm start".`,
      )
    }
    await pause(100)
  }
}

async function isMigrated(url: string): Promise<boolean> {
  const database = openDatabase(url, { max: 1, name: 'scaff-cli' })
  try {
    return (await schemaVersion(database)).kind === 'current'
  } finally {
    await database.close()
  }
}
