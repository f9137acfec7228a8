import type { Fork } from './catalog.ts'
import type { Step } from './definition.ts'
import type { ActivityRef } from './events.ts'
import { neededOf } from './fork-state.ts'
import { forkPath, innerPath, outerPath } from './paths.ts'
import type { ForkState, RunError, ScopeState } from './state.ts'
import { emit, patch, scopeAt, setCursor, type Turn } from './turn.ts'

/**
 * Opens a fork; its scopes begin when the turn comes to its pending forks (`join.ts`), so that nothing is entered while
 * something else is still being entered.
 */
export function openFork(turn: Turn, ref: ActivityRef, step: Step, fork: Fork): void {
  const scope = forkPath(ref)
  const items = fork.over === 'items' ? fork.items : null
  const total = items ? items.length : (step.blocks ?? []).length
  emit(turn, { type: 'step.forked', step_type: step.type, scope, items, total, ...ref })
  setCursor(turn, ref.path, {
    at: 'forked',
    step: ref.step,
    visit: ref.visit,
    fork: {
      scope,
      total,
      begun: 0,
      done: 0,
      failed: 0,
      needed: neededOf(fork.over === 'blocks' ? fork.join : 'all', total),
      limit: fork.over === 'items' ? fork.max_concurrency : null,
      error: null,
      over: false,
    },
  })
  turn.pending.push(ref.path)
}

/** The fork a scope has open; null when it stands elsewhere. */
export function forkAt(turn: Turn, path: string): ForkState | null {
  const cursor = turn.state.scopes[path]?.cursor
  return cursor?.at === 'forked' ? cursor.fork : null
}

export function patchFork(turn: Turn, path: string, change: Partial<ForkState>): void {
  const { cursor } = scopeAt(turn, path)
  if (cursor.at === 'forked') setCursor(turn, path, { ...cursor, fork: { ...cursor.fork, ...change } })
}

/** Makes the next scope of a fork; it is not entered yet. */
export function addScope(turn: Turn, path: string, fork: ForkState, name: string | number): string {
  const inner = innerPath(fork.scope, name)
  const scope: ScopeState = { ...emptyScope(), kind: typeof name === 'number' ? 'item' : 'branch', parent: path }
  patch(turn, { scopes: { ...turn.state.scopes, [inner]: scope } })
  patchFork(turn, path, { begun: fork.begun + 1 })
  return inner
}

export function emptyScope(): ScopeState {
  return { kind: 'root', parent: null, cursor: { at: 'end' }, visits: {}, feedback: {}, bindings: {}, reopened: {} }
}

/** A scope inside a fork ended, well (null) or with an error. One that ended well leaves only its outputs. */
export function leave(turn: Turn, path: string, error: RunError | null): void {
  const parent = outerPath(path)
  const fork = parent === null ? null : forkAt(turn, parent)
  if (parent === null || fork === null) throw new Error(`no fork around ${path}`)
  if (error === null) {
    const { [path]: _done, ...scopes } = turn.state.scopes
    patch(turn, { scopes })
    patchFork(turn, parent, { done: fork.done + 1 })
  } else {
    patchFork(turn, parent, { failed: fork.failed + 1, error: fork.error ?? error })
  }
  turn.pending.push(parent)
}
