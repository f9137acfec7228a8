import { isJsonObject, type Json, type JsonObject } from '../json.ts'
import { visibleText } from '../visible-text.ts'
import type { AnyStepType, StepCatalog, StepReader } from './catalog.ts'
import { asText } from './cures.ts'
import type { Step } from './definition.ts'
import type { SourcePath } from './diagnostics.ts'
import { fieldKeyProblem } from './names.ts'
import { readCondition } from './normalise-condition.ts'
import { type CheckedConfig, checkedConfig } from './normalise-config.ts'
import { readDuration } from './normalise-durations.ts'
import { COMMON, collect, type Entry, parameterKeys } from './normalise-keys.ts'
import { authorPath } from './normalise-paths.ts'
import { moreOf, type Reporter } from './normalise-report.ts'
import { readRetry } from './normalise-retry.ts'
import { readHandler, readTarget } from './normalise-target.ts'
import { didYouMean, meantValue, oneOf } from './suggest.ts'

/** A step as it was read, with the way back to the author's text. */
export interface StepDraft {
  readonly step: Step
  /** undefined: the type is not known, so nothing is known of the parameters either. */
  readonly type: AnyStepType | undefined
  /** Whether `step.config` fits the type: only then may the room look at it. */
  readonly sound: boolean
  /** What of the parameters could be read; null where that is nothing. */
  readonly parts: CheckedConfig | null
  /** Whether it is known where it goes, whatever else is wrong with it. */
  readonly leads: boolean
  readonly path: SourcePath
  /** The steps it stands among. */
  readonly sequence: Sequence
  /** What was written for the steps inside it; null where its type holds none. */
  readonly held: Held | null
  /** Whether `next` was written; otherwise it is the step that follows. */
  readonly nextGiven: boolean
  /** From the step's canonical parameters, or its common keys, to the author's document. */
  at(path: SourcePath): SourcePath
}

/** Steps that follow one another: the workflow's own, or those of one block inside a step. No jump leaves it. */
export interface Sequence {
  /** null: the workflow's own. */
  readonly inside: Enclosure | null
  readonly ids: readonly string[]
  /** Whether every step of the text is among them. */
  readonly complete: boolean
}

/** The step around a sequence. */
export interface Enclosure {
  readonly step: string
  readonly block: string
  /** What each item is called beside `item`; absent where it is not done for each item. */
  readonly as?: string | null
  readonly outer: Sequence
}

export interface Held {
  readonly as: 'branches' | 'steps'
  /** undefined: it was not written. */
  readonly value: Json | undefined
  readonly path: SourcePath
}

/** Of these a parameter may say where they go. */
const JUMPS: ReadonlySet<AnyStepType['behavior']> = new Set(['pure', 'wait'])

/** Types the language has and this build has not. */
const UNAVAILABLE: ReadonlySet<string> = new Set(['notify', 'load', 'action', 'code'])

/** Reads one step, without those inside it. `id` was checked before; the next one among `sequence` follows it. */
export function normaliseStep(
  raw: JsonObject,
  id: string,
  path: SourcePath,
  sequence: Sequence,
  catalog: StepCatalog,
  reporter: Reporter,
): StepDraft {
  const type = readType(raw, path, catalog, reporter)
  const entries = collect(raw, path, type, reporter)
  const at = (wanted: SourcePath) => authorPath(entries, path, wanted)
  const held = type?.behavior === 'fork' ? heldBy(type.holds, entries, path) : null
  const reader = createReader(id, blockNames(held), at, reporter)
  const before = reporter.errors()
  const unread = readDurations(entries, reader)
  const following = sequence.ids[sequence.ids.indexOf(id) + 1] ?? null
  const aside = reporter.errors()
  const common = readCommon(entries, following, reader, type)
  const wayGiven = reporter.errors() === aside && !isCut(path, reporter)
  const parts = type ? checkedConfig(type, parameters(entries, held), reader, unread) : null
  const outputKey = entries.get('output_key')?.value
  if (sequence.inside !== null && outputKey !== undefined && outputKey !== null) {
    const message = `output_key has no effect inside ${sequence.inside.step}: nothing in there merges into runtime. Read steps.${id}.output.`
    reader.warning('step.without_effect', message, ['output_key'], { cure: 'remove' })
  }
  const sound = parts !== null && parts.broken.size === 0 && reporter.errors() === before
  const config = parts !== null && parts.broken.size === 0 ? parts.config : null
  const step: Step = { id, type: type?.type ?? String(raw.type), ...common, config: config ?? {} }
  return {
    step: type && config && sequence.inside === null ? withOutputKey(step, type) : step,
    type,
    sound,
    parts,
    leads: wayGiven && type !== undefined && parts !== null && (parts.broken.size === 0 || !JUMPS.has(type.behavior)),
    path,
    sequence,
    held,
    nextGiven: entries.has('next'),
    at,
  }
}

function withOutputKey(step: Step, type: AnyStepType): Step {
  return step.output_key === null ? { ...step, output_key: impliedOutputKey(step, type) } : step
}

/** An output that is no object cannot merge: it stands under the step's own name. null where it can. */
export function impliedOutputKey({ id, config }: Step, type: AnyStepType): string | null {
  // A type that says what merges has said it of any output.
  const kind = type.merge ? undefined : type.output(config)?.type
  return typeof kind !== 'string' || kind === 'object' ? null : id
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
      cure: meantValue(type, known)?.cure,
    })
  }
  return undefined
}

/** Whether a part of the text is missing in which it might have said where it goes. */
function isCut(path: SourcePath, reporter: Reporter): boolean {
  return reporter.lost(path) || COMMON.some((key) => reporter.lost([...path, key]))
}

const COMMON_ENTRIES: ReadonlySet<string> = new Set(COMMON)

/** What is left for the room: its own keys, durations in milliseconds. */
function parameters(entries: ReadonlyMap<string, Entry>, held: Held | null): JsonObject {
  const own: Record<string, Json> = {}
  for (const [key, { value }] of entries) if (!COMMON_ENTRIES.has(key) && key !== held?.as) own[key] = value
  return own
}

function heldBy(as: Held['as'], entries: ReadonlyMap<string, Entry>, path: SourcePath): Held {
  const entry = entries.get(as)
  return { as, value: entry?.value, path: entry?.path ?? path }
}

function blockNames(held: Held | null): readonly string[] {
  if (held?.as === 'branches' && isJsonObject(held.value)) return Object.keys(held.value)
  return held?.as === 'steps' ? ['steps'] : []
}

function createReader(
  step: string,
  blocks: readonly string[],
  at: (path: SourcePath) => SourcePath,
  reporter: Reporter,
): StepReader {
  return {
    step,
    blocks,
    error: (code, message, path, advice) => reporter.error(code, message, at(path), moreOf(advice)),
    warning: (code, message, path, advice) => reporter.warning(code, message, at(path), moreOf(advice)),
  }
}

type CommonKeys = Pick<Step, 'name' | 'next' | 'when' | 'retry' | 'timeout_ms' | 'on_error' | 'output_key'>

/** Turns durations into milliseconds; answers those that could not be read. */
function readDurations(entries: Map<string, Entry>, reader: StepReader): ReadonlySet<string> {
  const unread = new Set<string>()
  for (const [key, entry] of entries) {
    if (!key.endsWith('_ms') || entry.value === null) continue
    const ms = readDuration(entry, reader, key)
    // What could not be read was reported; without it the default stands, so that it is not reported twice.
    if (ms === null) entries.delete(key)
    else entries.set(key, { ...entry, value: ms })
    if (ms === null) unread.add(key)
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
  reader.warning('step.without_effect', message, path, { cure: 'remove' })
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
  reader.error('step.wrong_type', 'name is a text of 200 characters at most.', ['name'], { cure: asText(raw) })
  return null
}

function readOutputKey(raw: Json | undefined, reader: StepReader): string | null {
  if (raw === undefined || raw === null) return null
  const problem = typeof raw === 'string' ? fieldKeyProblem(raw) : 'output_key is a name.'
  if (problem === null && typeof raw === 'string') return raw
  reader.error('step.wrong_type', problem ?? '', ['output_key'])
  return null
}
