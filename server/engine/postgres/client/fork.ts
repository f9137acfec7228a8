import { newId } from '#lib/ids.ts'
import type { JsonObject } from '#lib/json.ts'
import { branchOff } from '#lib/workflow/branch-off.ts'
import type { Profile } from '#lib/workflow/data.ts'
import { transition } from '#lib/workflow/transition.ts'
import type { Call, RunAnswer } from '../../port.ts'
import type { EngineParts } from '../parts.ts'

/** Starts another run from a step of this one, in one commit with the steps it takes along. */
export async function fork(
  parts: EngineParts,
  call: Call,
  input: { run_id: string; from_step: string; inputs: JsonObject | null; profile: Profile },
): Promise<RunAnswer> {
  const run = await parts.loader.load(input.run_id)
  if (!run) return { ok: false, reason: 'not_found', status: null }
  const run_id = newId('run')
  const off = branchOff(run.program, run.state, run.data, input.from_step, { ...run.data.run, id: run_id })
  if (off === null) return { ok: false, reason: 'unknown_step', status: run.state.status }
  const data = { ...off.data, profile: input.profile, inputs: { ...off.data.inputs, ...input.inputs } }
  const at = parts.clock.now().toISOString()
  const begun = transition(run.program, off.state, data, { type: 'start', from: input.from_step, at })
  const { workflow_id, workflow_name, workflow_version } = data.run
  await parts.write({
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
      inputs: data.inputs,
      static: data.static,
      profile: data.profile,
      idempotency_key: null,
      fingerprint: null,
      forked_from: run.id,
      forked_at: input.from_step,
    },
    links: { parent: null, concurrency: null },
  })
  return { ok: true, run_id, status: begun.state.status }
}
