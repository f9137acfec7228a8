import { isJsonObject, type Json } from '../json.ts'
import type { RunData, StepOutput } from './data.ts'
import type { ActivityRef } from './events.ts'
import { forkOf, forkPath, ROOT } from './paths.ts'
import type { RunState } from './state.ts'

/** A step of a run as a host kept it. */
export interface KeptStep extends StepOutput, Pick<ActivityRef, 'epoch'> {
  /** What a fork kept of its items: `{items}`; null for any other step. */
  readonly fork: Json
  readonly completed: boolean
}

/**
 * What a host read back, as `applyEvents` would have left it: the outputs that still stand by themselves, and the items of
 * the forks that are open. `kept` is in the order of its events.
 */
export function restore(state: RunState, kept: readonly KeptStep[]): Pick<RunData, 'outputs' | 'forks'> {
  const open = Object.values(state.scopes).flatMap(({ cursor }) => (cursor.at === 'forked' ? [cursor.fork.scope] : []))
  const items = new Map(kept.flatMap((row) => (row.fork === null ? [] : [[forkPath(row), itemsOf(row.fork)]])))
  return {
    outputs: kept
      .filter(({ completed, path }) => completed && (path === ROOT || open.includes(forkOf(path) ?? '')))
      .map(({ path, step, visit, output, source }) => ({ path, step, visit, output, source })),
    forks: Object.fromEntries(open.map((scope) => [scope, items.get(scope) ?? null])),
  }
}

function itemsOf(kept: Json): readonly Json[] | null {
  const items = isJsonObject(kept) ? kept.items : null
  return Array.isArray(items) ? items : null
}
