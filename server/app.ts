import pino from 'pino'
import { stepCatalog } from '#lib/steps/definitions.ts'
import { systemClock } from '#lib/time.ts'
import { createKeyring } from '#server/auth/keyring.ts'
import { checkMasterKey } from '#server/boot/master-key.ts'
import { openDatabase } from '#server/db/client.ts'
import { logNews } from '#server/engine/observe.ts'
import { createPostgresEngine } from '#server/engine/postgres/client/engine.ts'
import type { Env } from '#server/env.ts'
import { createLogger } from '#server/log.ts'
import { createSchemaValidator } from '#server/schema/validator.ts'
import type { App } from '#server/services/context.ts'

export interface AppOptions {
  /** With `databaseUrl` and `secretKey`: the supervisor gives both to its children. */
  readonly env: Env
  /** Names the process in the log and in the database's list of connections. */
  readonly service: 'web' | 'worker' | 'cli'
  /** Database connections it opens at most. */
  readonly connections: number
}

/**
 * Puts together what every process of ours works with. `close` ends it all; what is under way is finished first.
 *
 * @throws BootError when the database belongs to another master key.
 */
export async function createApp({ env, service, connections }: AppOptions): Promise<App & { close(): Promise<void> }> {
  if (env.databaseUrl === null || env.secretKey === null) {
    throw new Error(
      `The ${service} process was started without DATABASE_URL and SCAFF_SECRET_KEY; "npm start" gives both.`,
    )
  }
  // A command's standard output is its answer.
  const destination = pino.destination({ dest: service === 'cli' ? 2 : 1, sync: true })
  const log = createLogger({ level: env.logLevel, service, secrets: secretsOf(env), destination })
  const keys = createKeyring(env.secretKey)
  const database = openDatabase(env.databaseUrl, { max: connections, name: `scaff-${service}` })
  const schemas = createSchemaValidator()
  const engine = createPostgresEngine({
    sql: database.sql,
    clock: systemClock,
    catalog: stepCatalog,
    observe: logNews(log),
    onError: (error) => log.warn({ err: error }, 'engine'),
  })
  const close = async () => {
    await engine.close()
    await schemas.close()
    await database.close()
  }
  try {
    await checkMasterKey(database, keys)
  } catch (error) {
    await close()
    throw error
  }
  return { database, engine, catalog: stepCatalog, schemas, keys, clock: systemClock, env, log, close }
}

/** What the process knows and no log line may hold, by the name that is written instead. */
function secretsOf(env: Env): Record<string, string> {
  const own = {
    SCAFF_SECRET_KEY: env.secretKey,
    DATABASE_URL: env.databaseUrl,
    OPENAI_API_KEY: env.openaiApiKey,
    ANTHROPIC_API_KEY: env.anthropicApiKey,
    RESEND_API_KEY: env.resendApiKey,
    SMTP_URL: env.smtpUrl,
    SLACK_WEBHOOK_URL: env.slackWebhookUrl,
  }
  const given = Object.entries({ ...own, ...env.workflowSecrets })
  return Object.fromEntries(given.filter((entry): entry is [string, string] => entry[1] !== null))
}
