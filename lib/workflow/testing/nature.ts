import type { Instant } from '../../time.ts'
import type { ActivityRef, RunEvent } from '../events.ts'
import { nameInFork, ROOT, scopeChain } from '../paths.ts'
import type { Program } from '../program.ts'
import { awaited } from '../quorum.ts'
import type { Attempted } from '../simulate.ts'
import type { DecisionKind, RunState, WaitState } from '../state.ts'

/** What the world outside does to a run when nothing goes wrong by chance: it follows from the step alone. */
export function naturally(program: Pick<Program, 'step'>, activity: ActivityRef): Attempted {
  const config = program.step(activity.step)?.config ?? {}
  if (config.fails === true) return { ok: false, error: brokenFor(false), result: { input: null, ai_calls: [] } }
  // A loop over a flag ends: it is up for the first visits only.
  const flag = (value: unknown) => value === true && activity.visit <= 2
  const output = {
    a: flag(config.a),
    b: flag(config.b),
    made: `${placeOf(activity.path)} ${activity.step} ${activity.visit}`,
  }
  return { ok: true, result: { output, input: null, ai_calls: [] } }
}

export function brokenFor(retryable: boolean) {
  return { code: 'http.status', message: 'It answered 500.', retryable, retry_after_ms: null }
}

/** The names of the branches and items around a scope: the same in every epoch. */
function placeOf(path: string): string {
  return scopeChain(path)
    .filter((one) => one !== ROOT)
    .map(nameInFork)
    .join('/')
}

/** No two answers come at one time: when somebody decided is part of what later approvals are asked for. */
export const BETWEEN_ANSWERS_MS = 1

/** What people answer to a wait: one of those who are asked now (`pick`), always the same to the same question. */
export function answerTo(state: RunState, wait: WaitState, at: Instant, pick = 0): RunEvent {
  const by = { via: 'key', id: 'key_1', label: 'key ci' } as const
  if (wait.kind === 'form')
    return { type: 'form.submitted', wait: wait.key, values: { a: wait.visit === 1, said: wait.step }, by, at }
  const asked = awaited(wait)
  const approver = asked[pick % asked.length]?.id ?? ''
  return {
    type: 'approval.decided',
    wait: wait.key,
    decision: opinion(state, wait),
    comment: 'said so',
    approver,
    by,
    at,
  }
}

function opinion({ epoch }: RunState, wait: Extract<WaitState, { kind: 'approval' }>): DecisionKind {
  if (wait.visit === 1 && epoch === 0 && wait.terms.on_revise !== null) return 'revise'
  return wait.step.endsWith('3') && wait.visit === 1 ? 'reject' : 'approve'
}
