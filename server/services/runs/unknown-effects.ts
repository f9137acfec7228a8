import { and, asc, eq, inArray } from 'drizzle-orm'
import { runEvents } from '#drizzle/schema/index.ts'
import { Timestamp } from '#lib/contracts/common.ts'
import type { UnknownEffect } from '#lib/contracts/run-lineage.ts'
import { isJsonObject, type Json } from '#lib/json.ts'
import { keyOfEffect, unknownEffects } from '#lib/workflow/unknown-effects.ts'
import type { Tx } from '../audit.ts'
import { effectId } from './effect-id.ts'
import type { RunRecord } from './find.ts'

export type EffectEvent = typeof runEvents.$inferSelect & { readonly effect_id: string }

/** What a run does not know of: what it sent, and when. Empty for all but very few runs, and then nothing is read. */
export async function readUnknownEffects(db: Tx, run: RunRecord): Promise<UnknownEffect[]> {
  const unknown = [...unknownEffects(run.id, run.state)]
  if (unknown.length === 0) return []
  const events = await readEffectEvents(db, run.id)
  return unknown.map(([key, { path, step, visit, attempt, epoch }]) => {
    const effect_id = effectId(key)
    const told = events.findLast((event) => event.effect_id === effect_id && event.type === 'step.unknown')
    const evidence: Json = told?.data.evidence ?? null
    return {
      effect_id,
      step_id: step,
      path,
      visit,
      attempt,
      epoch,
      sent_at: sentAt(evidence),
      noticed_at: (told?.at ?? run.updatedAt).toISOString(),
      evidence,
    }
  })
}

/** When effects of a run were found to be unknown, and when somebody said what had happened; in their order. */
export async function readEffectEvents(db: Tx, run_id: string): Promise<EffectEvent[]> {
  const rows = await db
    .select()
    .from(runEvents)
    .where(and(eq(runEvents.runId, run_id), inArray(runEvents.type, ['step.unknown', 'step.resolved'])))
    .orderBy(asc(runEvents.seq))
  return rows.map((row) => ({
    ...row,
    effect_id: effectId(
      keyOfEffect(run_id, {
        path: row.path ?? '',
        step: row.stepId ?? '',
        visit: Number(row.data.visit),
        epoch: row.epoch,
      }),
    ),
  }))
}

function sentAt(evidence: Json): string | null {
  return isJsonObject(evidence) ? (Timestamp.safeParse(evidence.sent_at).data ?? null) : null
}
