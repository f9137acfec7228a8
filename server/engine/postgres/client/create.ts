import type { RunStatus } from '#lib/workflow/state.ts'
import type { Transition } from '#lib/workflow/transition.ts'
import type { Call, StartAnswer, StartInput } from '../../port.ts'
import type { NewRun, RunLinks } from '../advance.ts'
import type { EngineParts } from '../parts.ts'

export interface Creation {
  readonly run_id: string
  readonly transition: Transition
  readonly at: string
  readonly idempotency: StartInput['idempotency']
  readonly run: Omit<NewRun, 'idempotency_key' | 'fingerprint'>
  readonly links: RunLinks
}

/** Writes a new run in one commit, or answers the one that its idempotency key created. */
export async function create(parts: EngineParts, call: Call, creation: Creation): Promise<StartAnswer> {
  const { run_id, transition, at, idempotency, run, links } = creation
  const { written } = await parts.write({
    run_id,
    revision: 0,
    transition,
    at,
    request_id: call.request_id,
    audit: call.audit ? { call, intent: call.audit } : null,
    settles: null,
    claimFor: null,
    create: { ...run, idempotency_key: idempotency?.key ?? null, fingerprint: idempotency?.fingerprint ?? null },
    links,
  })
  if (written) return { ok: true, run_id, status: transition.state.status, replayed: false }
  const winner = idempotency && (await replay(parts, run.workflow_id, idempotency))
  if (winner) return winner
  if (links.parent) return { ok: false, reason: 'caller_over' }
  throw new Error(`run ${run_id} was not created, and no idempotency key explains it`)
}

/** The run that this key created before; null when there is none. */
export async function replay(
  parts: EngineParts,
  workflow_id: string,
  key: { key: string; fingerprint: string },
): Promise<StartAnswer | null> {
  const [row] = await parts.sql<{ id: string; status: RunStatus; fingerprint: string }[]>`
    select id, status, fingerprint from runs where workflow_id = ${workflow_id} and idempotency_key = ${key.key}`
  if (!row) return null
  if (row.fingerprint !== key.fingerprint) return { ok: false, reason: 'key_reused' }
  return { ok: true, run_id: row.id, status: row.status, replayed: true }
}
