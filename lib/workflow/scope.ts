import type { JsonObject } from '../json.ts'
import type { Instant } from '../time.ts'

/** The namespaces of the language. A bare name is a loop variable, else `runtime.<name>`. */
export const NAMESPACES = [
  'static',
  'profile',
  'runtime',
  'steps',
  'inputs',
  'event',
  'event_meta',
  'run',
  'env',
  'secrets',
  'item',
] as const
export type Namespace = (typeof NAMESPACES)[number]

/** Everything an expression can see: plain JSON only. A namespace that is absent here reads as an unknown variable. */
export interface Scope {
  readonly roots: { readonly [N in Namespace]?: JsonObject }
  /** Loop variables of the items around a step: found before anything else of the same name. */
  readonly locals?: JsonObject
  /** The instant `now()` answers: that of the event being handled, so that a replay sees the same. */
  readonly now: Instant
}
