import { newId } from '#lib/ids.ts'
import { branchOff } from '#lib/workflow/branch-off.ts'
import { transition } from '#lib/workflow/transition.ts'
import type { Call, ForkAnswer, ForkInput } from '../../port.ts'
import type { EngineParts } from '../parts.ts'
import { create, replay } from './create.ts'

/**
 * Starts another run from a step of this one, in one commit with the steps it takes along; or answers the one that the
 * idempotency key created.
 */
export async function fork(parts: EngineParts, call: Call, input: ForkInput): Promise<ForkAnswer> {
  const run = await parts.loader.load(input.run_id)
  if (!run) return { ok: false, reason: 'not_found', status: null }
  const { idempotency, from_step } = input
  const earlier = idempotency && (await replay(parts, run.data.run.workflow_id, idempotency))
  if (earlier) return earlier
  const run_id = newId('run')
  const off = branchOff(run.program, run.state, run.data, from_step, { ...run.data.run, id: run_id })
  if (off === null) return { ok: false, reason: 'unknown_step', status: run.state.status }
  const data = { ...off.data, profile: input.profile, inputs: { ...off.data.inputs, ...input.inputs } }
  const at = parts.clock.now().toISOString()
  const hold = input.concurrency !== undefined
  const { workflow_id, workflow_name, workflow_version } = data.run
  return create(parts, call, {
    run_id,
    transition: transition(run.program, off.state, data, { type: 'start', from: from_step, hold, at }),
    at,
    idempotency,
    run: {
      workflow_id,
      workflow_version,
      workflow_name,
      inputs: data.inputs,
      static: data.static,
      profile: data.profile,
      forked_from: run.id,
      forked_at: from_step,
      forked_seq: run.state.seq,
    },
    links: { parent: null, concurrency: input.concurrency ?? null },
  })
}
