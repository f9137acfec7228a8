import { isJsonObject, type Json, type JsonObject } from '../json.ts'
import { visibleText } from '../visible-text.ts'
import type { AnyStepType } from './catalog.ts'
import { isSame } from './cures.ts'
import type { SourcePath } from './diagnostics.ts'
import { durationSpellings } from './normalise-durations.ts'
import type { Reporter } from './normalise-report.ts'
import { meantKey } from './suggest.ts'

/** Keys that every step may have, beside those of its type. */
export const COMMON = [
  'id',
  'type',
  'name',
  'when',
  'next',
  'retry',
  'timeout',
  'on_error',
  'output_key',
  'config',
] as const
/** These stand on the step itself, never inside `config`. */
export const OUTSIDE_CONFIG: ReadonlySet<string> = new Set(['id', 'type', 'name', 'next', 'config'])
export const LATER: ReadonlySet<string> = new Set(['depends_on'])

/** What an author wrote under one key, and where. */
export interface Entry {
  readonly value: Json
  readonly path: SourcePath
}

/** Brings flat keys and those of `config` together under their canonical names, and says what does not belong. */
export function collect(
  raw: JsonObject,
  path: SourcePath,
  type: AnyStepType | undefined,
  reporter: Reporter,
): Map<string, Entry> {
  const names = accepted(type)
  const entries = new Map<string, Entry>()
  const add = (key: string, value: Json, place: SourcePath, inConfig: boolean) => {
    const canonical = names.get(key)
    const shown = visibleText(key)
    if (LATER.has(key) || type?.later.includes(key)) {
      reporter.warning(
        'not_yet_effective',
        `${shown} is not honoured yet; the step runs as if it were not there.`,
        place,
      )
    } else if (canonical === undefined) {
      // Of an unknown type nothing is known; its type was reported already.
      if (type) unknownKey(shown, place, names, type, reporter)
    } else if (inConfig && OUTSIDE_CONFIG.has(canonical)) {
      reporter.error('step.unknown_key', `${shown} belongs on the step itself, not inside config.`, place)
    } else if (entries.has(canonical)) {
      reporter.error(
        'step.exclusive_keys',
        `${shown} stands here twice: it says the same as another key of this step. Keep one of them.`,
        place,
        isSame(entries.get(canonical)?.value, value) ? { cure: 'remove' } : {},
      )
    } else {
      entries.set(canonical, { value, path: place })
    }
  }
  for (const [key, value] of Object.entries(raw)) if (key !== 'config') add(key, value, [...path, key], false)
  const { config } = raw
  if (isJsonObject(config)) {
    for (const [key, value] of Object.entries(config)) add(key, value, [...path, 'config', key], true)
  } else if (config !== undefined && config !== null) {
    reporter.error('step.wrong_type', 'config is a mapping of the step’s parameters.', [...path, 'config'])
  }
  return entries
}

/** Every spelling that a step of this type may use → its canonical key. The type's own meaning of a key comes first. */
export function accepted(type: AnyStepType | undefined): ReadonlyMap<string, string> {
  if (type === undefined) return COMMON_SPELLINGS
  const known = spellings.get(type) ?? spellingsOf(type)
  spellings.set(type, known)
  return known
}

/** A text has hundreds of steps of a few types. */
const spellings = new WeakMap<AnyStepType, ReadonlyMap<string, string>>()
const COMMON_SPELLINGS = spellingsOf(undefined)

function spellingsOf(type: AnyStepType | undefined): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  const own = type ? parameterKeys(type) : []
  for (const key of COMMON) names.set(key, key)
  if (!own.includes('timeout_ms'))
    for (const spelling of durationSpellings('timeout_ms')) names.set(spelling, 'timeout_ms')
  for (const key of own) for (const spelling of durationSpellings(key)) names.set(spelling, key)
  for (const [alias, key] of Object.entries(type?.aliases ?? {})) names.set(alias, key)
  return names
}

/** The canonical keys of a type's parameters, and the one that holds the steps inside. */
export function parameterKeys(type: AnyStepType): readonly string[] {
  const shape: unknown = 'shape' in type.config ? type.config.shape : undefined
  const own = typeof shape === 'object' && shape !== null ? Object.keys(shape) : []
  return type.behavior === 'fork' ? [...own, type.holds] : own
}

function unknownKey(
  key: string,
  place: SourcePath,
  names: ReadonlyMap<string, string>,
  type: AnyStepType,
  reporter: Reporter,
): void {
  const meant = meantKey(key, [...names.keys(), ...type.later])
  reporter.error('step.unknown_key', `A step of type ${type.type} has no key ${key}.`, place, meant)
}
