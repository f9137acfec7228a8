import { isJsonObject, type Json, type JsonObject } from '../json.ts'
import { MINUTE, SECOND } from '../time.ts'
import type { StepReader } from './catalog.ts'
import type { RetryPolicy } from './definition.ts'
import type { DiagnosticCode } from './diagnostic-codes.ts'
import type { SourcePath } from './diagnostics.ts'
import { durationSpellings, readDuration } from './normalise-durations.ts'
import { meantKey, oneOf } from './suggest.ts'

export const MAX_ATTEMPTS = 20

/** What holds of a policy that says nothing else. */
export const DEFAULTS: RetryPolicy = {
  max_attempts: 4,
  interval_ms: SECOND,
  backoff_rate: 2,
  max_delay_ms: MINUTE,
  jitter: 0.2,
  on: null,
}

export const SPELLINGS: ReadonlyMap<string, string> = new Map([
  ['max_attempts', 'max_attempts'],
  ['backoff_rate', 'backoff_rate'],
  ['jitter', 'jitter'],
  ['on', 'on'],
  ...durationSpellings('interval_ms').map((name) => [name, 'interval_ms'] as const),
  ...durationSpellings('max_delay_ms').map((name) => [name, 'max_delay_ms'] as const),
])
const SHOWN = ['max_attempts', 'interval', 'backoff_rate', 'max_delay', 'jitter', 'on']

/** Reads how often a failed attempt is repeated: a number of repeats (3 means 4 attempts), or the policy in full. */
export function readRetry(raw: Json, path: SourcePath, reader: StepReader): RetryPolicy | null {
  if (raw === null || raw === false) return { ...DEFAULTS, max_attempts: 1 }
  if (typeof raw === 'number') {
    if (Number.isInteger(raw) && raw >= 0 && raw < MAX_ATTEMPTS) return { ...DEFAULTS, max_attempts: raw + 1 }
    reader.error('step.wrong_type', `retry is a number of repeats, 0 to ${MAX_ATTEMPTS - 1}.`, path)
    return null
  }
  if (!isJsonObject(raw)) {
    reader.error('step.wrong_type', `retry is a number of repeats, or {${SHOWN.join(', ')}}.`, path)
    return null
  }
  return readPolicy(raw, path, reader)
}

function readPolicy(raw: JsonObject, path: SourcePath, reader: StepReader): RetryPolicy {
  const policy: Record<string, unknown> = { ...DEFAULTS }
  for (const [key, value] of Object.entries(raw)) {
    const canonical = SPELLINGS.get(key)
    const at = [...path, key]
    if (canonical === undefined) {
      reader.error(
        'step.unknown_key',
        `retry has no key ${key}. It has ${oneOf(SHOWN)}.`,
        at,
        meantKey(key, SPELLINGS.keys()),
      )
    } else if (canonical.endsWith('_ms')) {
      const problems = { error: (code: DiagnosticCode, message: string) => reader.error(code, message, at) }
      policy[canonical] = readDuration({ value, path: at }, problems, key) ?? DEFAULTS.interval_ms
    } else {
      const problem = RULES[canonical]?.(value)
      if (problem !== undefined) reader.error('step.wrong_type', problem, at)
      else policy[canonical] = value
    }
  }
  return policy as unknown as RetryPolicy
}

/** Each answers a sentence, or undefined when the value fits. */
const RULES: Readonly<Record<string, (value: Json) => string | undefined>> = {
  max_attempts: (value) =>
    isBetween(value, 1, MAX_ATTEMPTS) && Number.isInteger(value)
      ? undefined
      : `max_attempts is a whole number, 1 to ${MAX_ATTEMPTS}; the first attempt counts.`,
  backoff_rate: (value) => (isBetween(value, 1, 10) ? undefined : 'backoff_rate is a number, 1 to 10.'),
  jitter: (value) => (isBetween(value, 0, 1) ? undefined : 'jitter is a number, 0 to 1.'),
  on: (value) =>
    Array.isArray(value) && value.length > 0 && value.every((code: Json) => typeof code === 'string')
      ? undefined
      : 'on is a list of error codes, such as [ai.timeout].',
}

function isBetween(value: Json, least: number, most: number): boolean {
  return typeof value === 'number' && value >= least && value <= most
}
