import type { JsonObject } from '../json.ts'
import type { EffectStepType } from './catalog.ts'
import type { RetryPolicy, Step } from './definition.ts'
import type { StepError } from './events.ts'
import type { Program } from './program.ts'

/** After how many ms another attempt follows the one that failed; null: none does. `key` is that of the step's effect. */
export function nextAttempt(
  program: Program,
  step: Step,
  error: StepError,
  { attempt, key }: { readonly attempt: number; readonly key: string },
): number | null {
  const policy = retryPolicy(program, step)
  if (!policy || attempt >= policy.max_attempts) return null
  if (!(policy.on ? policy.on.includes(error.code) : error.retryable)) return null
  return Math.max(backoff(policy, attempt, key), error.retry_after_ms ?? 0)
}

function retryPolicy(program: Program, step: Step): RetryPolicy | null {
  const type = program.type(step)
  // Only what reaches out can come out differently another time.
  if (type?.behavior === 'call') return step.retry
  if (type?.behavior !== 'effect') return null
  return step.retry ?? (type as EffectStepType<JsonObject>).retry(step.config)
}

/** Exponential, bounded, spread by a share that follows from the key: the same on every replay. */
function backoff(policy: RetryPolicy, attempt: number, key: string): number {
  const base = Math.min(policy.interval_ms * policy.backoff_rate ** (attempt - 1), policy.max_delay_ms)
  return Math.round(base * (1 - policy.jitter * fraction(`${key}:${attempt}`)))
}

/** A number in [0, 1) drawn from a text (FNV-1a, 32 bits). */
function fraction(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0
  return hash / 2 ** 32
}
