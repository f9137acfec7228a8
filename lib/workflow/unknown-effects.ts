import type { ActivityRef } from './events.ts'
import type { RunState } from './state.ts'
import { waitKey } from './turn.ts'

/** The attempts of a run of which nobody knows whether they had their effect, by the key they were sent under. */
export function unknownEffects(run_id: string, state: RunState): ReadonlyMap<string, ActivityRef> {
  return new Map(
    Object.entries(state.scopes).flatMap(([path, { cursor }]): [string, ActivityRef][] => {
      if (cursor.at !== 'unknown') return []
      const { step, visit, attempt } = cursor
      const ref = { path, step, visit, attempt, epoch: state.epoch }
      return [[keyOfEffect(run_id, ref), ref]]
    }),
  )
}

/** The key under which a visit of a step sends what it does outside: the same for all of its attempts. */
export function keyOfEffect(run_id: string, ref: Pick<ActivityRef, 'path' | 'step' | 'visit' | 'epoch'>): string {
  return `${run_id}:${waitKey(ref)}`
}
