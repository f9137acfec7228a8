import { isJsonObject, type Json, type JsonObject } from '../json.ts'
import { visibleText } from '../visible-text.ts'
import { asText } from './cures.ts'
import type { SourcePath } from './diagnostics.ts'
import { FIELD_KEY } from './names.ts'
import type { Reporter } from './normalise-report.ts'
import { meantKey, oneOf } from './suggest.ts'

/** The keys of a workflow, apart from its steps. */
export const KEYS = [
  'name',
  'description',
  'tags',
  'version',
  'start_step',
  'inputs',
  'static',
  'secrets',
  'triggers',
  'on',
  'limits',
  'steps',
  'outputs',
  'tests',
] as const

export const LATER: Readonly<Record<string, string>> = {
  triggers: 'Triggers are not honoured yet: runs are started by people and by the API.',
  on: 'Triggers are not honoured yet: runs are started by people and by the API.',
}

/** Says what the workflow should not have, and what of it does nothing yet. */
export function checkKeys(raw: JsonObject, reporter: Reporter): void {
  for (const key of Object.keys(raw)) {
    if (!KEYS.some((known) => known === key)) {
      const message = `A workflow has no key ${visibleText(key)}.`
      reporter.error('workflow.unknown_key', message, [key], meantKey(key, KEYS))
    }
    const later = Object.hasOwn(LATER, key) ? LATER[key] : undefined
    if (later !== undefined) reporter.warning('not_yet_effective', later, [key])
  }
  if (raw.triggers !== undefined && raw.on !== undefined) {
    reporter.error('workflow.exclusive_keys', 'on is another name of triggers. Keep one of them.', ['on'])
  }
  for (const key of ['triggers', 'on']) if (raw[key] !== undefined) checkTriggers(raw[key], [key], reporter)
}

export const TRIGGERS = ['schedule', 'event', 'webhook'] as const

/** They do nothing yet, but what is no trigger at all must not look like one. */
function checkTriggers(raw: Json, path: SourcePath, reporter: Reporter): void {
  if (!Array.isArray(raw)) {
    reporter.error('workflow.wrong_type', `triggers is a list; each begins with ${oneOf(TRIGGERS)}.`, path)
    return
  }
  for (const [i, item] of raw.entries()) {
    const keys = isJsonObject(item) ? Object.keys(item) : []
    const unknown = keys.find((key) => !TRIGGERS.some((known) => known === key))
    if (unknown !== undefined) {
      const message = `There is no trigger ${visibleText(unknown)}. A trigger is ${oneOf(TRIGGERS)}.`
      reporter.error('trigger.unknown_key', message, [...path, i, unknown], meantKey(unknown, TRIGGERS))
    } else if (keys.length !== 1) {
      reporter.error('workflow.wrong_type', `A trigger is exactly one of ${oneOf(TRIGGERS)}.`, [...path, i])
    }
  }
}

/** A text, or null where none is given. */
export function readText(raw: JsonObject, key: string, longest: number, reporter: Reporter): string | null {
  const value = raw[key]
  if (value === undefined || value === null) return null
  if (typeof value === 'string' && value.length <= longest) return value
  const message =
    typeof value === 'string' ? `${key} has ${longest} characters at most.` : `${key} is a text; put it in quotes.`
  reporter.error('workflow.wrong_type', message, [key], { cure: asText(value) })
  return null
}

/** A list of texts that each fit a rule; a key that is absent is an empty list. */
export function readNames(
  raw: JsonObject,
  key: string,
  fits: (name: string) => boolean,
  expected: string,
  reporter: Reporter,
): readonly string[] {
  const value = raw[key]
  if (value === undefined || value === null) return []
  if (!Array.isArray(value)) {
    const cure = typeof value === 'string' && fits(value) ? { put: [value] } : undefined
    reporter.error('workflow.wrong_type', `${key} is a list of ${expected}.`, [key], { cure })
    return []
  }
  const names = value.flatMap((name: Json, i) => {
    if (typeof name === 'string' && fits(name)) return [name]
    reporter.error('workflow.wrong_type', `${key} is a list of ${expected}.`, [key, i])
    return []
  })
  return [...new Set(names)]
}

export function readLabel(raw: JsonObject, reporter: Reporter): string | number | null {
  const { version } = raw
  if (version === undefined || version === null) return null
  if (typeof version === 'number' || (typeof version === 'string' && version.length <= 100)) return version
  reporter.error('workflow.wrong_type', 'version is your own label: a number or a short text.', ['version'])
  return null
}

export function readStatic(raw: JsonObject, reporter: Reporter): JsonObject {
  const constants = raw.static
  if (constants === undefined || constants === null) return {}
  if (!isJsonObject(constants)) {
    reporter.error('workflow.wrong_type', 'static is a mapping of name to constant.', ['static'])
    return {}
  }
  for (const name of Object.keys(constants)) {
    if (!FIELD_KEY.test(name)) {
      const message = `${visibleText(name)} cannot be reached as static.${visibleText(name)}. A name holds letters, digits and _.`
      reporter.error('static.bad_name', message, ['static', name])
    }
  }
  return constants
}
