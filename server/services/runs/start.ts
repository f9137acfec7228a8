import { and, eq } from 'drizzle-orm'
import type { z } from 'zod'
import { runs } from '#drizzle/schema/index.ts'
import { RunStart, type RunStarted } from '#lib/contracts/run-acts.ts'
import { ScaffError } from '#lib/errors.ts'
import type { RunStatus } from '#lib/workflow/state.ts'
import { profileOf } from '../actors.ts'
import { authorise } from '../authorise.ts'
import type { ServiceContext } from '../context.ts'
import { parseInput } from '../parse.ts'
import { findVersion, findWorkflow, type WorkflowRecord } from '../workflows/find.ts'
import { concurrencyOf } from './concurrency.ts'
import { mergedConstants } from './constants.ts'
import { idempotencyOf, startKey } from './idempotency.ts'
import { startInputs } from './inputs.ts'
import { requireQuota } from './quota.ts'
import { requireSettings } from './requirements.ts'

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
  const { db } = ctx.app.database
  const workflow = await findWorkflow(db, body.workflow_id)
  const version = await findVersion(db, workflow.id, body.version ?? workflow.version)
  const { definition } = version
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
  const started = await ctx.app.engine.start(
    {
      actor,
      request_id: ctx.requestId,
      audit: { action: 'run.start', target: 'run:new', detail: { workflow_id: workflow.id, version: version.version } },
    },
    {
      workflow_id: workflow.id,
      workflow_name: workflow.name,
      workflow_version: version.version,
      definition,
      inputs,
      static: constants,
      profile,
      idempotency,
      ...turns,
    },
  )
  if (!started.ok) throw keyReused()
  return answer(started.run_id, started.status, started.replayed)
}

export function requireEnabled({ enabled, name }: WorkflowRecord): void {
  if (!enabled) throw new ScaffError('workflow.disabled', `“${name}” is disabled. Enable it before you start it.`)
}

/** The run this key started before; looked for early, so that a repeat is answered also when a start would now be refused. */
async function findEarlier(
  ctx: ServiceContext,
  workflowId: string,
  { key, fingerprint }: { key: string; fingerprint: string },
): Promise<RunStarted | null> {
  const [row] = await ctx.app.database.db
    .select({ id: runs.id, status: runs.status, fingerprint: runs.fingerprint })
    .from(runs)
    .where(and(eq(runs.workflowId, workflowId), eq(runs.idempotencyKey, key)))
  if (!row) return null
  if (row.fingerprint !== fingerprint) throw keyReused()
  return answer(row.id, row.status, true)
}

function answer(run_id: string, status: RunStatus, replayed: boolean): RunStarted {
  return { run_id, status, ...(replayed ? { replayed } : {}) }
}

function keyReused(): ScaffError {
  return new ScaffError(
    'idempotency.key_reused',
    'This idempotency key started a run of this workflow with other inputs. Use a new key for a new start.',
  )
}

function budgetNotYet(): ScaffError {
  const message = 'Budgets given at a start are not yet effective. Leave `budget` out.'
  return new ScaffError('request.invalid', message, {
    errors: [{ path: 'budget', code: 'not_yet_effective', message }],
  })
}
