import type { Json, JsonObject } from '../json.ts'
import type { ApproverRef } from './catalog.ts'
import type { Approver } from './state.ts'

/**
 * The data of a run, apart from its control state. Outputs are appended once per visit; the context that expressions
 * see is folded from them (`context.ts`) and never stored.
 */
export interface RunData {
  readonly run: RunFacts
  readonly inputs: JsonObject
  /** The file's constants over the workspace's, frozen at the start. */
  readonly static: JsonObject
  readonly profile: Profile
  /** In the order in which they were committed. */
  readonly outputs: readonly StepOutput[]
  /** The items of the forks that are open, by their scope path; a fork over blocks has none. */
  readonly forks: { readonly [path: string]: readonly Json[] | null }
  /** Who stands behind a role or user when an approval opens. */
  readonly directory: Directory
}

export interface RunFacts {
  readonly id: string
  readonly workflow_id: string
  readonly workflow_name: string
  readonly workflow_version: number
}

/** Who started the run, frozen at the start; null where there is no person. */
export interface Profile {
  readonly user_id: string | null
  readonly user_email: string | null
  readonly user_role: string | null
  readonly name: string | null
  readonly agent_id: string | null
}

export interface StepOutput {
  readonly path: string
  readonly step: string
  readonly visit: number
  readonly output: Json
  /** Steps that were skipped leave none. */
  readonly source: OutputSource
}

/** Who made a value: shown as provenance, and the default of what an approval shows (`person` and `ai`). */
export const OUTPUT_SOURCES = ['person', 'ai', 'call', 'decision', 'pure'] as const
export type OutputSource = (typeof OUTPUT_SOURCES)[number]

/** Resolves approvers; ids are given by position. Unknown names resolve to nobody. */
export interface Directory {
  resolve(refs: readonly ApproverRef[]): readonly Omit<Approver, 'id'>[]
}
