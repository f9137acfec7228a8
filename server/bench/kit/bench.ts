import type { Database } from '#server/db/client.ts'
import type { BenchCase } from '../bench-case.ts'

/** What a case measures with. */
export interface Bench {
  /** One pool for the engine and for what it is compared with, so that both have the same connections. */
  readonly database: Database
  readonly url: string
  /** The long forms: minutes, not seconds. */
  readonly long: boolean
  /** Tells what no figure holds, e.g. a query's plan; never on stdout beside JSON. */
  say(text: string): void
}

/** A case measures one thing, or a few that need the same runs. */
export type Measure = (bench: Bench) => Promise<BenchCase[]>

/** Connections of the pool. */
export const CONNECTIONS = 20
