import type { JsonObject } from '#lib/json.ts'
import type { Profile } from '#lib/workflow/data.ts'
import type { ActivityRef } from '#lib/workflow/events.ts'
import type { Transition } from '#lib/workflow/transition.ts'
import type { Queries } from '#server/db/client.ts'
import type { AuditIntent, Call, ParentLink } from '../port.ts'
import { rowsOf } from './advance-rows.ts'
import { statementFor } from './advance-sql.ts'
import { toStoredJson } from './stored-json.ts'

/**
 * The only writer of run state. One statement for each run: the compare-and-set on its revision (and on the fence of the
 * work row being settled) with everything that follows from it, so that a commit holds all of a transition or nothing.
 * Several runs that are written at the same moment share the statement, and so its commit; each stands for itself all the
 * same: of those that were not written nothing was. They are all new, or none is.
 */
export async function advance(sql: Queries, inputs: readonly AdvanceInput[]): Promise<readonly AdvanceAnswer[]> {
  const { lists, groups, claimed } = rowsOf(inputs)
  const head = inputs[0]?.create ? 'create' : 'move'
  const statement = statementFor(head, (group) => groups.has(group))
  const rows = await sql.unsafe<{ id: string }[]>(
    statement.text,
    statement.lists.map((name) => toStoredJson(lists[name])),
    { prepare: true },
  )
  const moved = new Set(rows.map(({ id }) => id))
  return inputs.map(({ run_id }) =>
    moved.has(run_id) ? { written: true, claimed: claimed.get(run_id) ?? null } : { written: false, claimed: null },
  )
}

export interface AdvanceInput {
  readonly run_id: string
  /** The revision the transition was made from; ignored for a new run. */
  readonly revision: number
  readonly transition: Transition
  readonly at: string
  readonly request_id: string
  readonly audit: { readonly call: Call; readonly intent: AuditIntent } | null
  /** The work row this settles: deleted with it, and checked by its fence. */
  readonly settles: { readonly id: string; readonly fence: number; readonly owner: string } | null
  /** What was kept of its effect before it was sent is deleted too. */
  readonly sent?: boolean
  /** The step that follows is claimed for this worker in the same commit; of several the first. */
  readonly claimFor: string | null
  readonly create: NewRun | null
  readonly links: RunLinks
}

/** What a run has to do with others. */
export interface RunLinks {
  /** The step of another run that waits for the end of this one. */
  readonly parent: ParentLink | null
  /** Runs of the same key that take turns with this one. */
  readonly concurrency: { readonly key: string; readonly max: number } | null
}

export interface NewRun {
  readonly workflow_id: string
  readonly workflow_version: number
  readonly workflow_name: string
  readonly inputs: JsonObject
  readonly static: JsonObject
  readonly profile: Profile
  readonly idempotency_key: string | null
  readonly fingerprint: string | null
  readonly forked_from: string | null
  readonly forked_at: string | null
  /** How far the history of that run had come when it was read: what ended since is not taken along. */
  readonly forked_seq: number | null
}

export interface AdvanceAnswer {
  /** false: the revision moved on, the lease was lost, or the idempotency key exists. Nothing was written. */
  readonly written: boolean
  /** The step that this statement claimed for its writer. */
  readonly claimed: ClaimedRow | null
}

export interface ClaimedRow {
  readonly id: string
  readonly fence: number
  readonly payload: StepPayload
}

/** What the work row of a step says. */
export interface StepPayload {
  readonly activity: ActivityRef
  /** The idempotency key of its effect. */
  readonly key: string
  /** The key that was sent, where the author set another one. */
  readonly sent_as?: string
}
