import type { RunData, RunFacts } from './data.ts'
import type { Program } from './program.ts'
import type { RunState } from './state.ts'
import { initialState } from './transition.ts'

/**
 * Where a run begins that branches off another one at a step of its root: with what was produced before that step was last
 * entered, and with the approvals that were given before. It stands one epoch on, so that nothing of it has the name of
 * anything the first run did. null: there is no such step.
 */
export function branchOff(
  program: Program,
  state: RunState,
  data: RunData,
  from: string,
  run: RunFacts,
): { readonly state: RunState; readonly data: RunData } | null {
  if (!program.definition.steps.some(({ id }) => id === from)) return null
  const root = data.outputs.filter(({ path }) => path === 'root')
  const last = root.findLastIndex(({ step }) => step === from)
  const outputs = last === -1 ? root : root.slice(0, last)
  const kept = new Set(outputs.map(({ step }) => step))
  const { bindings } = state.scopes.root ?? {}
  const begin = initialState()
  const scope = begin.scopes.root
  if (!scope) throw new Error('a run without a root')
  const still = Object.fromEntries(Object.entries(bindings ?? {}).filter(([step]) => kept.has(step)))
  return {
    state: { ...begin, epoch: state.epoch + 1, scopes: { root: { ...scope, bindings: still } } },
    data: { ...data, run, outputs, forks: {} },
  }
}
