import { stepCatalog } from '#lib/steps/definitions.ts'
import type { Clock } from '#lib/time.ts'
import { createKeyring } from '#server/auth/keyring.ts'
import type { Actor } from '#server/engine/port.ts'
import { createPostgresEngine } from '#server/engine/postgres/client/engine.ts'
import { readEnv } from '#server/env.ts'
import { createLogger } from '#server/log.ts'
import { createSchemaValidator } from '#server/schema/validator.ts'
import type { App, ServiceContext } from '#server/services/context.ts'
import { testDatabase } from './database.ts'

export const TEST_ORIGIN = 'https://scaff.example'

/** Time that passes only when told to; it begins at the real now, so that rows the database dates fit in. */
export interface TestClock extends Clock {
  pass(ms: number): void
}

export interface TestApp extends App {
  readonly clock: TestClock
  /** A context as services see it; nobody's unless told. */
  context(actor?: Actor | null): ServiceContext
  /** Lines the app logged, as they were written. */
  readonly lines: readonly string[]
  drop(): Promise<void>
}

export const SYSTEM: Actor = { kind: 'system', name: 'test' }

/** A whole App on a database of its own. Call `drop` when done. */
export async function testApp(settings: Readonly<Record<string, string>> = {}): Promise<TestApp> {
  const { database, url, drop } = await testDatabase()
  const secretKey = 'test-key-0123456789-abcdefghijklmnop'
  const env = readEnv({ APP_URL: TEST_ORIGIN, DATABASE_URL: url, SCAFF_SECRET_KEY: secretKey, ...settings })
  const clock = testClock()
  const lines: string[] = []
  const log = createLogger({
    level: env.logLevel,
    service: 'test',
    destination: { write: (line: string) => void lines.push(line) },
  })
  const schemas = createSchemaValidator()
  const engine = createPostgresEngine({
    sql: database.sql,
    clock,
    catalog: stepCatalog,
    onError: (error) => log.error({ err: error }, 'engine'),
  })
  const keys = createKeyring(secretKey)
  const app: App = { database, engine, catalog: stepCatalog, schemas, keys, clock, env, log }
  return {
    ...app,
    clock,
    lines,
    context: (actor = null) => ({ app, actor, requestId: 'req-test', ip: '192.0.2.1' }),
    async drop() {
      await engine.close()
      await schemas.close()
      await drop()
    },
  }
}

function testClock(): TestClock {
  let now = Date.now()
  return {
    now: () => new Date(now),
    pass: (ms) => {
      now += ms
    },
  }
}
