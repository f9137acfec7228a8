import { isJsonObject, type Json, type JsonObject } from '../json.ts'
import { visibleText } from '../visible-text.ts'
import type { ConcurrencyLimit, Limits } from './definition.ts'
import type { DiagnosticCode } from './diagnostic-codes.ts'
import type { SourcePath } from './diagnostics.ts'
import { durationSpellings, readDuration } from './normalise-durations.ts'
import type { Reporter } from './normalise-report.ts'
import { meantKey } from './suggest.ts'

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

export const LIMIT_KEYS: ReadonlyMap<string, string> = new Map([
  ...durationSpellings('timeout_ms').map((name) => [name, 'timeout'] as const),
  ['idempotency', 'idempotency'],
  ['budget', 'later'],
  ['concurrency', 'concurrency'],
])

export function readLimits(raw: JsonObject, reporter: Reporter): Limits {
  const limits: Mutable<Limits> = { timeout_ms: null, idempotency: null }
  const given = raw.limits
  if (given === undefined || given === null) return limits
  if (!isJsonObject(given)) {
    reporter.error('workflow.wrong_type', 'limits is a mapping: {timeout: 14d, idempotency: auto}.', ['limits'])
    return limits
  }
  for (const [key, value] of Object.entries(given)) {
    const path = ['limits', key]
    const problems = { error: (code: DiagnosticCode, message: string) => reporter.error(code, message, path) }
    switch (LIMIT_KEYS.get(key)) {
      case 'timeout': {
        if (limits.timeout_ms !== null)
          reporter.error('workflow.exclusive_keys', 'The timeout is given twice. Keep one.', path)
        const ms = readDuration({ value, path }, problems, key)
        if (typeof ms === 'number') limits.timeout_ms = ms
        break
      }
      case 'idempotency':
        if (value === 'auto') limits.idempotency = 'auto'
        else if (value !== null) reporter.error('workflow.wrong_type', 'idempotency is auto, or left out.', path)
        break
      case 'concurrency': {
        const concurrency = readConcurrency(value, path, reporter)
        if (concurrency) limits.concurrency = concurrency
        break
      }
      case 'later':
        reporter.warning('not_yet_effective', `${key} is not honoured yet; runs have no such limit.`, path)
        break
      default:
        reporter.error(
          'limits.unknown_key',
          `limits has no key ${visibleText(key)}.`,
          path,
          meantKey(key, LIMIT_KEYS.keys()),
        )
    }
  }
  return limits
}

export const CONCURRENCY_KEYS = ['max', 'key'] as const
/** More at once is no limit that anybody would notice. */
export const MOST_AT_ONCE = 1_000

/** How many runs may be under way at once; null where none is given, or none that can be read. */
function readConcurrency(raw: Json, path: SourcePath, reporter: Reporter): ConcurrencyLimit | null {
  if (raw === null) return null
  if (!isJsonObject(raw)) {
    reporter.error('workflow.wrong_type', 'concurrency is a mapping: {max: 5, key: runtime.customer}.', path)
    return null
  }
  for (const key of Object.keys(raw)) {
    if (CONCURRENCY_KEYS.some((known) => known === key)) continue
    const meant = meantKey(key, CONCURRENCY_KEYS)
    reporter.error('limits.unknown_key', `concurrency has no key ${visibleText(key)}.`, [...path, key], meant)
  }
  const { max, key = null } = raw
  const fits = typeof max === 'number' && Number.isInteger(max) && max >= 1 && max <= MOST_AT_ONCE
  if (!fits) {
    const message = `concurrency needs max: how many runs may be under way at once, 1 to ${MOST_AT_ONCE.toLocaleString('en')}.`
    reporter.error('workflow.wrong_type', message, max === undefined ? path : [...path, 'max'])
  }
  if (key !== null && (typeof key !== 'string' || key.trim() === '')) {
    const message = 'key is an expression over what a start knows, such as runtime.customer.'
    reporter.error('workflow.wrong_type', message, [...path, 'key'])
    return null
  }
  return fits ? { max, key } : null
}
