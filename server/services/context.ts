import type { SchemaPort } from '#lib/steps/kit.ts'
import type { Clock } from '#lib/time.ts'
import type { StepCatalog } from '#lib/workflow/catalog.ts'
import type { Keyring } from '#server/auth/keyring.ts'
import type { Database } from '#server/db/client.ts'
import type { Actor, Engine } from '#server/engine/port.ts'
import type { Env } from '#server/env.ts'
import type { Logger } from '#server/log.ts'

/** The long-lived parts of a process, put together once by its composition root. */
export interface App {
  readonly database: Database
  readonly engine: Engine
  readonly catalog: StepCatalog
  readonly schemas: SchemaPort
  readonly keys: Keyring
  readonly clock: Clock
  readonly env: Env
  readonly log: Logger
}

/** What a service verb works with. It sees no session, header or request: whoever calls has made an actor of them. */
export interface ServiceContext {
  readonly app: App
  /** null: nobody is signed in; only the few verbs that need no account accept that. */
  readonly actor: Actor | null
  readonly requestId: string
  readonly ip: string | null
}
