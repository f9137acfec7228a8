import { z } from 'zod'
import { EffectResolve, type RunAccepted } from '#lib/contracts/run-acts.ts'
import { ScaffError } from '#lib/errors.ts'
import type { EffectResolution } from '#lib/workflow/events.ts'
import { unknownEffects } from '#lib/workflow/unknown-effects.ts'
import type { Actor } from '#server/engine/port.ts'
import { decidedBy, labelOf } from '../actors.ts'
import { authorise } from '../authorise.ts'
import type { ServiceContext } from '../context.ts'
import { parseInput } from '../parse.ts'
import { effectId } from './effect-id.ts'
import { findRun, type RunRecord } from './find.ts'
import { readEffectEvents } from './unknown-effects.ts'

/** What the event of an answer keeps of it. */
const Settled = z.object({ resolution: z.enum(['repeat', 'done', 'fail']), by: z.object({ label: z.string() }) })

const SAID = { repeat: 'to send it again', done: 'that it happened', fail: 'that it failed' } as const

/** Says what happened to an effect of which the run does not know, and lets it go on. One answer is taken. */
export async function resolveEffect({
  ctx,
  input,
}: {
  ctx: ServiceContext
  input: { readonly id: string; readonly effect_id: string; readonly body: z.input<typeof EffectResolve> }
}): Promise<RunAccepted> {
  const actor = authorise(ctx, 'run:retry')
  const body = parseInput(EffectResolve, input.body)
  const run = await findRun(ctx.app.database.db, input.id)
  const [effect, activity] =
    [...unknownEffects(run.id, run.state)].find(([key]) => effectId(key) === input.effect_id) ?? []
  if (!effect || !activity) throw await notUnknown(ctx, run, input.effect_id)
  const detail = { effect_id: input.effect_id, step: activity.step, path: activity.path, resolution: body.resolution }
  const answer = await ctx.app.engine.resolve(
    { actor, request_id: ctx.requestId, audit: { action: 'run.resolve_effect', target: run.id, detail } },
    { run_id: run.id, effect, resolution: resolutionOf(body, actor), by: decidedBy(actor) },
  )
  if (answer.ok) return { run_id: answer.run_id, status: answer.status }
  // Somebody was faster.
  throw await notUnknown(ctx, await findRun(ctx.app.database.db, run.id), input.effect_id)
}

function resolutionOf(body: EffectResolve, actor: Actor): EffectResolution {
  switch (body.resolution) {
    case 'repeat':
      return { do: 'repeat' }
    case 'done':
      return { do: 'done', result: body.result ?? null }
    case 'fail':
      return { do: 'fail', reason: body.reason?.trim() || `${labelOf(actor)} said that it failed.` }
  }
}

/** Why nothing can be said of it: there is none, somebody said it already, or the run is over. */
async function notUnknown(ctx: ServiceContext, run: RunRecord, effect_id: string): Promise<ScaffError> {
  const events = await readEffectEvents(ctx.app.database.db, run.id)
  const last = events.findLast((event) => event.effect_id === effect_id)
  if (!last) return new ScaffError('effect.not_found', 'The run has no such effect. A read of it names those it has.')
  if (last.type === 'step.unknown') {
    return new ScaffError(
      'run.wrong_state',
      `The run is ${run.status}; what happened to this effect is not asked any more.`,
    )
  }
  const { by, resolution } = Settled.parse(last.data)
  return new ScaffError('effect.already_settled', `${by.label} said ${SAID[resolution]}.`, {
    extra: { decided: { outcome: resolution, by: by.label, at: last.at.toISOString() } },
  })
}
