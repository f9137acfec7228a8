import { isJsonObject, type Json, type JsonObject } from '../json.ts'
import { visibleText } from '../visible-text.ts'
import type { AnyStepType, StepCatalog, StepReader } from './catalog.ts'
import type { Step } from './definition.ts'
import type { SourcePath } from './diagnostics.ts'
import { fieldKeyProblem } from './names.ts'
import { readCondition } from './normalise-condition.ts'
import { checkedConfig } from './normalise-config.ts'
import { durationSpellings, readDuration } from './normalise-durations.ts'
import { authorPath } from './normalise-paths.ts'
import type { Reporter } from './normalise-report.ts'
import { readRetry } from './normalise-retry.ts'
import { readHandler, readTarget } from './normalise-target.ts'
import { didYouMean, oneOf } from './suggest.ts'

/** A step as it was read, with the way back to the author's text. */
export interface StepDraft {
  readonly step: Step
  /** undefined: the type is not known, so nothing is known of the parameters either. */
  readonly type: AnyStepType | undefined
  /** Whether `step.config` fits the type: only then may the room look at it. */
  readonly sound: boolean
  readonly path: SourcePath
  /** Whether `next` was written; otherwise it is the step that follows. */
  readonly nextGiven: boolean
  /** From the step's canonical parameters, or its common keys, to the author's document. */
  at(path: SourcePath): SourcePath
}

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

/** Types the language has and this build has not. */
const UNAVAILABLE: ReadonlySet<string> = new Set(['notify', 'parallel', 'for_each', 'load', 'action', 'code'])

interface Entry {
  readonly value: Json
  readonly path: SourcePath
}

/** Reads one step. `id` was checked before; `following` is the id of the next step in the file. */
export function normaliseStep(
  raw: JsonObject,
  id: string,
  path: SourcePath,
  following: string | null,
  catalog: StepCatalog,
  reporter: Reporter,
): StepDraft {
  const type = readType(raw, path, catalog, reporter)
  const entries = collect(raw, path, type, reporter)
  const at = (wanted: SourcePath) => authorPath(entries, path, wanted)
  const reader = createReader(id, at, reporter)
  const before = reporter.errors()
  const unread = readDurations(entries, reader)
  const common = readCommon(entries, following, reader, type)
  const config = type ? checkedConfig(type, parameters(entries), reader, unread) : null
  const sound = type !== undefined && config !== null && reporter.errors() === before
  const step: Step = { id, type: type?.type ?? String(raw.type), ...common, config: config ?? {} }
  return {
    step: type && config ? withOutputKey(step, type) : step,
    type,
    sound,
    path,
    nextGiven: entries.has('next'),
    at,
  }
}

/** An output that is no object cannot merge: it stands under the step's own name. */
function withOutputKey(step: Step, type: AnyStepType): Step {
  const kind = type.output(step.config)?.type
  if (step.output_key !== null || typeof kind !== 'string' || kind === 'object') return step
  return { ...step, output_key: step.id }
}

function readType(
  raw: JsonObject,
  path: SourcePath,
  catalog: StepCatalog,
  reporter: Reporter,
): AnyStepType | undefined {
  const { type } = raw
  const known = catalog.list().map((entry) => entry.type)
  if (typeof type !== 'string') {
    reporter.error(
      'step.missing_key',
      `The step needs a type: ${oneOf(known)}.`,
      type === undefined ? path : [...path, 'type'],
    )
    return undefined
  }
  const found = catalog.get(type)
  if (found) return found
  if (UNAVAILABLE.has(type)) {
    const message = `Steps of type ${type} cannot run in this version yet. It has ${oneOf(known)}.`
    reporter.error('step.type_unavailable', message, [...path, 'type'])
  } else {
    const message = `There is no step type ${visibleText(type)}. There are ${oneOf(known)}.`
    reporter.error('step.type_unknown', message, [...path, 'type'], {
      hint: didYouMean(type, [...known, ...UNAVAILABLE]),
    })
  }
  return undefined
}

/** Brings flat keys and those of `config` together under their canonical names, and says what does not belong. */
function collect(
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

function parameterKeys(type: AnyStepType): readonly string[] {
  const shape: unknown = 'shape' in type.config ? type.config.shape : undefined
  return typeof shape === 'object' && shape !== null ? Object.keys(shape) : []
}

function unknownKey(
  key: string,
  place: SourcePath,
  names: ReadonlyMap<string, string>,
  type: AnyStepType,
  reporter: Reporter,
): void {
  const hint = didYouMean(key, [...names.keys(), ...type.later])
  reporter.error('step.unknown_key', `A step of type ${type.type} has no key ${key}.`, place, { hint })
}

const COMMON_ENTRIES: ReadonlySet<string> = new Set(COMMON)

/** What is left for the room: its own keys, durations in milliseconds. */
function parameters(entries: ReadonlyMap<string, Entry>): JsonObject {
  const own: Record<string, Json> = {}
  for (const [key, { value }] of entries) if (!COMMON_ENTRIES.has(key)) own[key] = value
  return own
}

function createReader(step: string, at: (path: SourcePath) => SourcePath, reporter: Reporter): StepReader {
  return {
    step,
    error: (code, message, path, hint) => reporter.error(code, message, at(path), { hint }),
    warning: (code, message, path, hint) => reporter.warning(code, message, at(path), { hint }),
  }
}

type CommonKeys = Pick<Step, 'name' | 'next' | 'when' | 'retry' | 'timeout_ms' | 'on_error' | 'output_key'>

/** Turns durations into milliseconds; whether there was one that could not be read. */
function readDurations(entries: Map<string, Entry>, reader: StepReader): boolean {
  let unread = false
  for (const [key, entry] of entries) {
    if (!key.endsWith('_ms') || entry.value === null) continue
    const ms = readDuration(entry, reader, key)
    // What could not be read was reported; without it the default stands, so that it is not reported twice.
    if (ms === null) entries.delete(key)
    else entries.set(key, { ...entry, value: ms })
    unread ||= ms === null
  }
  return unread
}

function readCommon(
  entries: Map<string, Entry>,
  following: string | null,
  reader: StepReader,
  type: AnyStepType | undefined,
): CommonKeys {
  const value = (key: string) => entries.get(key)?.value
  const timeout = value('timeout_ms')
  const next = value('next')
  const when = value('when')
  const retry = value('retry')
  const onError = value('on_error')
  // A type with a timeout of its own says what it means there; it is not the step's as well.
  const ownTimeout = type !== undefined && parameterKeys(type).includes('timeout_ms')
  if (type) {
    const given = retry !== undefined && retry !== null
    if (given && !RETRIES.has(type.behavior)) withoutEffect(type, 'retry', ['retry'], reader)
    if (!TIMES_OUT.has(type.behavior) && !ownTimeout && timeout !== undefined && timeout !== null)
      withoutEffect(type, 'timeout', ['timeout_ms'], reader)
  }
  if (!ownTimeout) entries.delete('timeout_ms')
  return {
    name: readName(value('name'), reader),
    next: next === undefined ? following : readTarget(next, ['next'], reader),
    when: when === undefined || when === null ? null : readCondition(when, ['when'], reader),
    retry: retry === undefined ? null : readRetry(retry, ['retry'], reader),
    timeout_ms: ownTimeout || typeof timeout !== 'number' ? null : timeout,
    on_error: onError === undefined ? null : readHandler(onError, ['on_error'], reader),
    output_key: readOutputKey(value('output_key'), reader),
  }
}

/** Only what reaches out can come out differently another time; what waits for it, or holds others, may take too long. */
const RETRIES: ReadonlySet<AnyStepType['behavior']> = new Set(['effect', 'call'])
const TIMES_OUT: ReadonlySet<AnyStepType['behavior']> = new Set(['effect', 'call', 'fork'])

function withoutEffect(type: AnyStepType, key: string, path: SourcePath, reader: StepReader): void {
  const message = `${key} has no effect on a ${type.type} step, which calls nothing that could fail or take long. Leave it out.`
  reader.warning('step.without_effect', message, path)
}

/** A name is the same in every run: lists, graphs and mails show it before there is anything to put in. */
const NAME_NOT_RENDERED =
  'A step’s name is shown as it stands, braces and all. Give it a fixed name, and put the value where templates are filled in, e.g. into a message.'

function readName(raw: Json | undefined, reader: StepReader): string | null {
  if (raw === undefined || raw === null) return null
  if (typeof raw === 'string' && raw.trim() !== '' && raw.length <= 200) {
    if (raw.includes('{{')) reader.warning('step.name_not_rendered', NAME_NOT_RENDERED, ['name'])
    return raw
  }
  reader.error('step.wrong_type', 'name is a text of 200 characters at most.', ['name'])
  return null
}

function readOutputKey(raw: Json | undefined, reader: StepReader): string | null {
  if (raw === undefined || raw === null) return null
  const problem = typeof raw === 'string' ? fieldKeyProblem(raw) : 'output_key is a name.'
  if (problem === null && typeof raw === 'string') return raw
  reader.error('step.wrong_type', problem ?? '', ['output_key'])
  return null
}
