import type { JsonObject } from '#lib/json.ts'
import { stepCatalog } from '#lib/steps/definitions.ts'
import { transition } from '#lib/workflow/transition.ts'
import { createParts } from '#server/engine/postgres/parts.ts'
import type { TestApp } from './app.ts'

/** Leaves the step a run is at as a worker does that was lost between sending and writing down the answer. */
export async function loseEffect({ database, clock }: TestApp, run_id: string, evidence: JsonObject): Promise<void> {
  const parts = createParts({
    sql: database.sql,
    clock,
    catalog: stepCatalog,
    onError: (error) => {
      throw error
    },
  })
  const run = await parts.loader.load(run_id)
  const cursor = run?.state.scopes.root?.cursor
  if (!run || cursor?.at !== 'executing') throw new Error('nothing is executed')
  const { step, visit, attempt } = cursor
  const [work] = await database.sql<{ id: string; fence: number }[]>`
    update work set owner = 'lost', fence = fence + 1 where run_id = ${run_id} and kind = 'step' returning id, fence`
  if (!work) throw new Error('nothing is to be done')
  const at = clock.now().toISOString()
  const activity = { path: 'root', step, visit, attempt, epoch: run.state.epoch }
  const { written } = await parts.write({
    run_id,
    revision: run.revision,
    transition: transition(run.program, run.state, run.data, { type: 'effect.unknown', activity, evidence, at }),
    at,
    request_id: run.request_id,
    audit: null,
    settles: { ...work, owner: 'lost' },
    claimFor: null,
    create: null,
    links: run.links,
  })
  await parts.notifier.flush()
  if (!written) throw new Error('the run was changed meanwhile')
}
