import type { z } from 'zod'
import { isJsonObject, type Json, type JsonObject } from '../json.ts'
import type { AnyStepType, StepReader } from './catalog.ts'
import { asFlag, asNumber, asText } from './cures.ts'
import type { Advice, Cure } from './diagnostics.ts'
import { parseText } from './parse.ts'
import { meantValue, oneOf } from './suggest.ts'

/** A room's parameters in their canonical form, as far as they fit. */
export interface CheckedConfig {
  readonly config: JsonObject
  /** Parameters that do not fit: what stands for them says nothing. */
  readonly broken: ReadonlySet<string>
}

/**
 * Reads a room's parameters and says everything that does not fit. Where some do not, the others are read all the same;
 * null where nothing can be made of them. `unread` could not be read before, and that was reported.
 */
export function checkedConfig(
  type: AnyStepType,
  raw: JsonObject,
  reader: StepReader,
  unread: ReadonlySet<string> = new Set(),
): CheckedConfig | null {
  const told = new Set(unread)
  const watching: StepReader = {
    ...reader,
    error: (code, message, path, advice) => {
      const about = path[0]
      if (about !== undefined) told.add(String(about))
      // Of what could not be read nobody can say that it is not there.
      if (unread.size === 0 || code !== 'step.missing_key') reader.error(code, message, path, advice)
    },
  }
  const canonical = type.canonicalise?.(raw, watching) ?? raw
  const parsed = type.config.safeParse(canonical, { reportInput: true })
  if (parsed.success && told.size === 0) {
    type.check?.(parsed.data, watching)
    return { config: parsed.data, broken: told }
  }
  // A key of which something was reported often leaves a hole that the schema would report once more.
  const issues = parsed.error?.issues ?? []
  for (const issue of issues) if (!told.has(keyOf(issue))) reportIssue(issue, reader)
  return readableParts(type, canonical, new Set([...told, ...issues.map(keyOf)]), reader)
}

function keyOf({ path }: z.core.$ZodIssue): string {
  return String(path[0] ?? '')
}

/** Rules that look at one parameter alone, so that they hold whatever is wrong with the others. */
const OF_ONE_PARAMETER = /^(?:schema|field)\.|^api_call\.bad_|^delay\.|^step\.bad_name$/

/** The parameters that fit, the others left out, or taken from the type's example where it cannot do without. */
function readableParts(
  type: AnyStepType,
  canonical: JsonObject,
  broken: ReadonlySet<string>,
  reader: StepReader,
): CheckedConfig | null {
  const parts: Record<string, Json> = {}
  for (const [key, value] of Object.entries(canonical)) if (!broken.has(key)) parts[key] = value
  const stand = type.config.safeParse({ ...pick(exampleOf(type), broken), ...parts })
  if (!stand.success) return null
  const aside =
    (report: StepReader['error']): StepReader['error'] =>
    (code, message, path, advice) => {
      if (OF_ONE_PARAMETER.test(code) && !broken.has(String(path[0]))) report(code, message, path, advice)
    }
  type.check?.(stand.data, { ...reader, error: aside(reader.error), warning: aside(reader.warning) })
  return { config: stand.data, broken }
}

function pick(from: JsonObject, keys: ReadonlySet<string>): JsonObject {
  return Object.fromEntries(Object.entries(from).filter(([key]) => keys.has(key)))
}

const examples = new WeakMap<AnyStepType, JsonObject>()
const SILENT = { error: () => undefined, warning: () => undefined }

/** The canonical parameters of the type's own example. */
function exampleOf(type: AnyStepType): JsonObject {
  const known = examples.get(type)
  if (known !== undefined) return known
  const { source } = parseText(type.example)
  const raw = source !== null && isJsonObject(source.value) ? source.value : {}
  const example = type.canonicalise?.(raw, { step: '', blocks: [], ...SILENT }) ?? raw
  examples.set(type, example)
  return example
}

function reportIssue(issue: z.core.$ZodIssue, reader: StepReader): void {
  const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part))
  const name = path.findLast((part) => typeof part === 'string') ?? 'This'
  if (issue.code === 'unrecognized_keys') {
    for (const key of issue.keys) reader.error('step.unknown_key', `There is no key ${key} here.`, [...path, key])
    return
  }
  const missing = issue.code === 'invalid_type' && issue.input === undefined
  if (missing && path.length === 1) {
    reader.error('step.missing_key', `Step ${reader.step} needs ${name}. Add ${name}: …`, [])
    return
  }
  if (missing) {
    reader.error('step.missing_key', `${name} is missing here. Add ${name}: …`, path)
    return
  }
  reader.error('step.wrong_type', `${name} ${describe(issue)}.`, path, adviceOf(issue))
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'is a text; put it in quotes',
  number: 'is a number',
  int: 'is a whole number',
  boolean: 'is true or false',
  array: 'is a list',
  object: 'is a mapping',
  record: 'is a mapping',
}

/** Completes "<key> …". */
function describe(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return KINDS[issue.expected] ?? `is of another type: ${issue.expected}`
    case 'invalid_value':
      return `is ${oneOf(issue.values.map(String))}`
    case 'too_small':
      return bound(issue.origin, issue.minimum, 'at least')
    case 'too_big':
      return bound(issue.origin, issue.maximum, 'at most')
    case 'custom':
      return issue.message
    case 'invalid_union': {
      const alternatives = issue.errors.flatMap((branch) => branch.slice(0, 1).map(describe))
      return [...new Set(alternatives)].join(', or ')
    }
    default:
      return `cannot be used: ${issue.message}`
  }
}

function bound(origin: string, limit: number | bigint, word: string): string {
  const shown = limit.toLocaleString('en')
  if (origin === 'string') return Number(limit) === 1 ? 'is empty; write something' : `has ${word} ${shown} characters`
  if (origin === 'array' || origin === 'set') return `has ${word} ${shown} ${Number(limit) === 1 ? 'entry' : 'entries'}`
  return `is ${word} ${shown}`
}

/** Where what is meant is plain: a word like one of those expected, a number without its quotes, a text without. */
function adviceOf(issue: z.core.$ZodIssue): Advice | undefined {
  const { input } = issue
  if (!isJson(input)) return undefined
  if (issue.code === 'invalid_value' && typeof input === 'string') return meantValue(input, issue.values.map(String))
  if (issue.code !== 'invalid_type') return undefined
  const cure = AS_EXPECTED[issue.expected]?.(input)
  return cure && { cure }
}

const AS_EXPECTED: Readonly<Record<string, (written: Json) => Cure | undefined>> = {
  string: asText,
  number: asNumber,
  int: asNumber,
  boolean: asFlag,
  array: (written) => (typeof written === 'string' ? { put: [written] } : undefined),
}

/** What a parameter is given was parsed from text. */
function isJson(input: unknown): input is Json {
  return input !== undefined
}
