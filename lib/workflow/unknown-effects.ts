import type { ActivityRef } from './events.ts'
import type { RunState } from './state.ts'

/** The attempts of a run of which nobody knows whether they had their effect, by the key they were sent under. */
export function unknownEffects(run_id: string, state: RunState): ReadonlyMap<string, ActivityRef> {
  return new Map(
    Object.entries(state.scopes).flatMap(([path, { cursor }]): [string, ActivityRef][] => {
      if (cursor.at !== 'unknown') return []
      const { step, visit, attempt } = cursor
      const key = `${run_id}:${path}:${step}:${visit}:${state.epoch}`
      return [[key, { path, step, visit, attempt, epoch: state.epoch }]]
    }),
  )
}
