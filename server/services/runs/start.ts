import type { z } from 'zod'
import { RunStart, type RunStarted } from '#lib/contracts/run-acts.ts'
import { ScaffError } from '#lib/errors.ts'
import { gathered } from '#server/db/gathered.ts'
import { profileOf } from '../actors.ts'
import { authorise } from '../authorise.ts'
import type { ServiceContext } from '../context.ts'
import { parseInput } from '../parse.ts'
import { findDefinition } from '../workflows/definition.ts'
import { findWorkflow, type WorkflowRecord } from '../workflows/find.ts'
import { concurrencyOf } from './concurrency.ts'
import { mergedConstants } from './constants.ts'
import { findEarlier, keyReused, started } from './earlier.ts'
import { idempotencyOf, startKey } from './idempotency.ts'
import { startInputs } from './inputs.ts'
import { requireQuota } from './quota.ts'
import { requireSettings } from './requirements.ts'

const currentWorkflow = gathered((db, id) => findWorkflow(db, id))

/**
 * Starts a run. Nothing is saved unless everything it needs is there: rights, an enabled workflow, its settings and
 * inputs that fit. A key that was used before answers its first run, whatever has changed since.
 */
export async function startRun({
  ctx,
  input,
}: {
  ctx: ServiceContext
  /** `key` is the header `Idempotency-Key`. */
  input: { readonly body: z.input<typeof RunStart>; readonly key: string | null }
}): Promise<RunStarted> {
  const actor = authorise(ctx, 'run:start')
  const body = parseInput(RunStart, input.body)
  if (body.budget !== undefined) throw budgetNotYet()
  const given = startKey(body.idempotency_key, input.key)
  const workflow = await currentWorkflow(ctx.app.database.db, body.workflow_id)
  const version = body.version ?? workflow.version
  const definition = await findDefinition(ctx.app, workflow.id, version)
  const idempotency = idempotencyOf(given, definition.limits.idempotency === 'auto', body)
  const earlier = idempotency && (await findEarlier(ctx, workflow.id, idempotency))
  if (earlier) return earlier
  requireEnabled(workflow)
  await requireSettings(ctx, definition)
  const inputs = await startInputs(ctx, definition, body.inputs ?? {})
  const constants = await mergedConstants(ctx, definition)
  const profile = profileOf(actor)
  const now = ctx.app.clock.now().toISOString()
  const turns = concurrencyOf(definition, { workflow_id: workflow.id, inputs, static: constants, profile }, now)
  await requireQuota(ctx, actor)
  const answer = await ctx.app.engine.start(
    {
      actor,
      request_id: ctx.requestId,
      audit: { action: 'run.start', target: 'run:new', detail: { workflow_id: workflow.id, version } },
    },
    {
      workflow_id: workflow.id,
      workflow_name: workflow.name,
      workflow_version: version,
      definition,
      inputs,
      static: constants,
      profile,
      idempotency,
      ...turns,
    },
  )
  if (!answer.ok) throw keyReused()
  return started(answer)
}

export function requireEnabled({ enabled, name }: WorkflowRecord): void {
  if (!enabled) throw new ScaffError('workflow.disabled', `“${name}” is disabled. Enable it before you start it.`)
}

function budgetNotYet(): ScaffError {
  const message = 'Budgets given at a start are not yet effective. Leave `budget` out.'
  return new ScaffError('request.invalid', message, {
    errors: [{ path: 'budget', code: 'not_yet_effective', message }],
  })
}
