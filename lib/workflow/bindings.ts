import { digest } from '../integrity/digest.ts'
import type { JsonObject } from '../json.ts'
import type { Instant } from '../time.ts'
import type { WaitOpening, WaitStepType } from './catalog.ts'
import type { Step } from './definition.ts'
import { ExpressionError } from './expressions/errors.ts'
import type { Binding } from './state.ts'
import { currentScope, patchScope, scopeAt, type Turn } from './turn.ts'

/** How often a change may void an approval before the run fails. */
export const MAX_REOPENINGS = 3

/** What an approval of these values binds. */
export function bindingOf(show: JsonObject, at: Instant): Binding {
  return { keys: Object.keys(show), digest: digest(show), at }
}

/** Remembers what was approved: what people saw is what runs. */
export function bind(turn: Turn, path: string, step: string, binding: Binding): void {
  patchScope(turn, path, { bindings: { ...scopeAt(turn, path).bindings, [step]: binding } })
}

/**
 * The approval that a later change of what it had shown has voided, if any. Asked before something goes out: until then
 * a change can still be put before the approvers again by the workflow itself.
 */
export function voidedApproval(turn: Turn, path: string): string | null {
  for (const [id, binding] of Object.entries(scopeAt(turn, path).bindings)) {
    const step = turn.program.step(id)
    if (step && binding.digest !== currentDigest(turn, path, step, binding)) return id
  }
  return null
}

/**
 * A step that is entered again begins a pass of its own: what was approved on the ways that only it leads to will be asked
 * again where the pass comes by, and binds nothing until then.
 */
export function forgetAhead(turn: Turn, path: string, entered: string): void {
  const { bindings } = scopeAt(turn, path)
  const kept = Object.entries(bindings).filter(([id]) => !turn.program.leadsThrough(id, entered))
  if (kept.length < Object.keys(bindings).length) patchScope(turn, path, { bindings: Object.fromEntries(kept) })
}

function currentDigest(turn: Turn, path: string, step: Step, binding: Binding): string | null {
  const type = turn.program.type(step)
  if (type?.behavior !== 'wait') return binding.digest
  const opening = openAgain(turn, path, step, type, binding.at)
  if (opening === null) return null
  if (opening.kind !== 'approval') return binding.digest
  // What was produced since and was not shown then is not part of what was approved.
  return digest(
    Object.fromEntries(binding.keys.flatMap((key) => (key in opening.show ? [[key, opening.show[key]]] : []))),
  )
}

/** null: what was shown cannot even be rendered any more; opened again, the approval fails with the reason. */
function openAgain(
  turn: Turn,
  path: string,
  step: Step,
  type: WaitStepType<unknown>,
  now: Instant,
): WaitOpening | null {
  try {
    return type.open(step.config, { ...currentScope(turn, path), now }, step)
  } catch (error) {
    if (error instanceof ExpressionError) return null
    throw error
  }
}

/** Takes an approval back and says where the run goes on once it is given again. Answers how often this happened. */
export function reopen(turn: Turn, path: string, step: string, target: string): number {
  const scope = scopeAt(turn, path)
  const { [step]: _voided, ...bindings } = scope.bindings
  const times = (scope.reopened[step]?.times ?? 0) + 1
  patchScope(turn, path, { bindings, reopened: { ...scope.reopened, [step]: { times, continue_at: target } } })
  return times
}

/** Where an approval leads: on to what had to wait for it when it was reopened, else to its own next step. */
export function afterApproval(turn: Turn, path: string, step: Step): string | null {
  const { reopened } = scopeAt(turn, path)
  const entry = reopened[step.id]
  if (!entry || entry.continue_at === null) return step.next
  patchScope(turn, path, { reopened: { ...reopened, [step.id]: { ...entry, continue_at: null } } })
  return entry.continue_at
}
