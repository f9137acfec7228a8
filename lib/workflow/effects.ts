import { isJsonObject, type Json } from '../json.ts'
import type { RunEvent } from './events.ts'
import { complete, enter, execute, fail, plainError } from './flow.ts'
import type { Refusal } from './transition.ts'
import { effectKey, emit, setCursor, type Turn, wake } from './turn.ts'

/**
 * An effect that may or may not have happened: sent, and no answer was kept. The run rests until somebody who can look
 * says which it was. Nothing is guessed.
 */
export function unknownEffect(turn: Turn, event: Extract<RunEvent, { type: 'effect.unknown' }>): Refusal | null {
  const { activity, evidence } = event
  const cursor = turn.state.scopes[activity.path]?.cursor
  const step = turn.program.step(activity.step)
  if (!step || cursor?.at !== 'executing' || cursor.step !== activity.step || cursor.visit !== activity.visit)
    return 'stale'
  if (cursor.attempt !== activity.attempt || activity.epoch !== turn.state.epoch) return 'stale'
  const { path, visit, attempt } = activity
  const key = sentKey(evidence)
  const own = key === null || key === effectKey(turn, activity) ? {} : { sent_as: key }
  setCursor(turn, path, { at: 'unknown', step: step.id, visit, attempt, ...own })
  emit(turn, { type: 'step.unknown', step_type: step.type, evidence, ...activity })
  return null
}

/** The key the evidence names. One that holds a secret was masked: it cannot be sent as it stands there. */
function sentKey(evidence: Json): string | null {
  const key = isJsonObject(evidence) ? evidence.key : null
  return typeof key === 'string' && !key.includes('[REDACTED:') ? key : null
}

export function resolveEffect(turn: Turn, event: Extract<RunEvent, { type: 'effect.resolved' }>): Refusal | null {
  const { activity, resolution, by } = event
  const cursor = turn.state.scopes[activity.path]?.cursor
  const step = turn.program.step(activity.step)
  if (!step || cursor?.at !== 'unknown' || cursor.step !== activity.step || cursor.visit !== activity.visit)
    return 'stale'
  if (cursor.attempt !== activity.attempt || activity.epoch !== turn.state.epoch) return 'stale'
  wake(turn)
  emit(turn, { type: 'step.resolved', step_type: step.type, resolution: resolution.do, by, ...activity })
  switch (resolution.do) {
    case 'repeat':
      execute(turn, activity, cursor.sent_as)
      return null
    case 'done':
      complete(turn, activity, step, resolution.result)
      enter(turn, activity.path, step.next)
      return null
    case 'fail': {
      const followed = fail(turn, activity, step, plainError('effect.failed', resolution.reason))
      if (followed !== 'stay') enter(turn, activity.path, followed.next)
      return null
    }
  }
}
