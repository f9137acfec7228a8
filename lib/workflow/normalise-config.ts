import type { z } from 'zod'
import type { Json, JsonObject } from '../json.ts'
import type { AnyStepType, StepReader } from './catalog.ts'
import { asFlag, asNumber, asText } from './cures.ts'
import type { Advice, Cure } from './diagnostics.ts'
import { meantValue, oneOf } from './suggest.ts'

/** A room's parameters in their canonical form; null when they do not fit, after saying why. */
export function checkedConfig(
  type: AnyStepType,
  raw: JsonObject,
  reader: StepReader,
  /** Whether a parameter was left out because it could not be read, and that was reported: it is not missing. */
  unread = false,
): JsonObject | null {
  let failed = false
  const watching: StepReader = {
    ...reader,
    error: (...problem) => {
      failed = true
      if (!unread || problem[0] !== 'step.missing_key') reader.error(...problem)
    },
  }
  const canonical = type.canonicalise?.(raw, watching) ?? raw
  const parsed = type.config.safeParse(canonical, { reportInput: true })
  if (!parsed.success) {
    // What was reported already often leaves a hole that the schema would report once more.
    if (!failed) for (const issue of parsed.error.issues) reportIssue(issue, reader)
    return null
  }
  type.check?.(parsed.data, watching)
  return failed ? null : parsed.data
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
