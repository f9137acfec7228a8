import { newId } from '#lib/ids.ts'
import type { RunData } from '#lib/workflow/data.ts'
import { createProgram } from '#lib/workflow/program.ts'
import type { RunStatus } from '#lib/workflow/state.ts'
import { initialState, transition } from '#lib/workflow/transition.ts'
import type { Call, StartAnswer, StartInput } from '../../port.ts'
import { directoryOf, loadDirectory } from '../directory.ts'
import { asksPeople } from '../load.ts'
import type { EngineParts } from '../parts.ts'

/** Creates a run in one commit, or answers the one that the idempotency key created. */
export async function start(parts: EngineParts, call: Call, input: StartInput): Promise<StartAnswer> {
  const { workflow_id, workflow_version, workflow_name, idempotency } = input
  if (idempotency) {
    const earlier = await replay(parts, workflow_id, idempotency)
    if (earlier) return earlier
  }
  const program = createProgram(input.definition, parts.catalog)
  const run_id = newId('run')
  const at = parts.clock.now().toISOString()
  const data: RunData = {
    run: { id: run_id, workflow_id, workflow_name, workflow_version },
    inputs: input.inputs,
    static: input.static,
    profile: input.profile,
    outputs: [],
    forks: {},
    directory: asksPeople(program, parts.catalog) ? await loadDirectory(parts.sql) : directoryOf([]),
  }
  const begun = transition(program, initialState(), data, { type: 'start', hold: input.concurrency !== undefined, at })
  const { written } = await parts.write({
    run_id,
    revision: 0,
    transition: begun,
    at,
    request_id: call.request_id,
    audit: call.audit ? { call, intent: call.audit } : null,
    settles: null,
    claimFor: null,
    create: {
      workflow_id,
      workflow_version,
      workflow_name,
      inputs: input.inputs,
      static: input.static,
      profile: input.profile,
      idempotency_key: idempotency?.key ?? null,
      fingerprint: idempotency?.fingerprint ?? null,
      forked_from: null,
      forked_at: null,
    },
    links: { parent: input.parent ?? null, concurrency: input.concurrency ?? null },
  })
  if (written) return { ok: true, run_id, status: begun.state.status, replayed: false }
  // The insert may have committed just before its connection was cut.
  const own = await statusOf(parts, run_id)
  if (own !== null) return { ok: true, run_id, status: own, replayed: false }
  const winner = idempotency && (await replay(parts, workflow_id, idempotency))
  if (!winner) throw new Error(`run ${run_id} was not created, and no idempotency key explains it`)
  return winner
}

async function statusOf(parts: EngineParts, run_id: string): Promise<RunStatus | null> {
  const [row] = await parts.sql<{ status: RunStatus }[]>`select status from runs where id = ${run_id}`
  return row?.status ?? null
}

async function replay(
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
