import { newId } from '#lib/ids.ts'
import type { RunData } from '#lib/workflow/data.ts'
import { createProgram } from '#lib/workflow/program.ts'
import { initialState, transition } from '#lib/workflow/transition.ts'
import type { Call, StartAnswer, StartInput } from '../../port.ts'
import { directoryOf, loadDirectory } from '../directory.ts'
import { asksPeople } from '../load.ts'
import type { EngineParts } from '../parts.ts'
import { create, replay } from './create.ts'

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
  return create(parts, call, {
    run_id,
    transition: begun,
    at,
    idempotency,
    run: {
      workflow_id,
      workflow_version,
      workflow_name,
      inputs: input.inputs,
      static: input.static,
      profile: input.profile,
      forked_from: null,
      forked_at: null,
      forked_seq: null,
    },
    links: { parent: input.parent ?? null, concurrency: input.concurrency ?? null },
  })
}
