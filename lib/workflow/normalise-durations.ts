import type { Json } from '../json.ts'
import type { StepReader } from './catalog.ts'
import type { SourcePath } from './diagnostics.ts'
import { DURATION_SUFFIXES, parseDuration } from './durations.ts'

/** How a canonical key may be written: `timeout_ms` as `timeout`, `timeout_s`, `timeout_hours` …; any other key as itself. */
export function durationSpellings(canonical: string): readonly string[] {
  if (!canonical.endsWith('_ms')) return [canonical]
  const base = canonical.slice(0, -'_ms'.length)
  return [base, ...[...DURATION_SUFFIXES.keys()].map((suffix) => base + suffix)]
}

/** Reads a duration whose unit, if it is a plain number, follows from the key it was written under. null stays null: none. */
export function readDuration(
  entry: { readonly value: Json; readonly path: SourcePath },
  problems: Pick<StepReader, 'error'>,
  at: string,
): Json {
  if (entry.value === null) return null
  const written = String(entry.path.at(-1))
  const suffix = [...DURATION_SUFFIXES.keys()].find((ending) => written.endsWith(ending))
  const read = parseDuration(entry.value, suffix === undefined ? null : (DURATION_SUFFIXES.get(suffix) ?? null))
  if (read.ok) return read.ms
  problems.error('duration.invalid', read.problem, [at])
  return null
}
