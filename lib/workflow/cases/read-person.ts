import { isJsonObject, type Json, type JsonObject } from '../../json.ts'
import { visibleText } from '../../visible-text.ts'
import type { DiagnosticCode } from '../diagnostic-codes.ts'
import type { SourcePath } from '../diagnostics.ts'
import { durationSpellings, readDuration } from '../normalise-durations.ts'
import type { StepDraft } from '../normalise-step.ts'
import { DECISION_KINDS } from '../state.ts'
import { didYouMean, oneOf } from '../suggest.ts'
import type { PersonAnswer } from './case.ts'
import { type CaseReader, hintFor } from './case-reader.ts'

/** How long somebody takes to answer. */
export const AFTER = durationSpellings('after_ms')
export const SILENCE = 'silence'
const DECISION_WORDS = [...DECISION_KINDS, SILENCE]

export function readPersonAnswer(
  value: Json,
  draft: StepDraft,
  path: SourcePath,
  reader: CaseReader,
): PersonAnswer | null {
  if (value === SILENCE) return { do: 'silence' }
  return draft.step.type === 'form' ? readForm(value, draft, path, reader) : readDecision(value, path, reader)
}

/** The answers themselves, or `{submit: answers, after: 2d}`. */
function readForm(value: Json, draft: StepDraft, path: SourcePath, reader: CaseReader): PersonAnswer | null {
  if (!isJsonObject(value)) {
    reader.wrong(
      `A form is answered with a mapping of its fields, or with ${SILENCE}.`,
      path,
      hintFor(value, [SILENCE]),
    )
    return null
  }
  const keys = fieldKeys(draft)
  const wrapped = isJsonObject(value.submit) && !keys.includes('submit')
  const after_ms = wrapped ? readAfter(value, path, reader) : 0
  if (wrapped) reader.mapping(value, path, 'An answer', ['submit', ...AFTER])
  const values = wrapped && isJsonObject(value.submit) ? value.submit : value
  checkFields(values, keys, wrapped ? [...path, 'submit'] : path, reader)
  return { do: 'submit', values, after_ms }
}

function fieldKeys({ step }: StepDraft): readonly string[] {
  const { fields } = step.config
  return Array.isArray(fields)
    ? fields.flatMap((field: Json) => (isJsonObject(field) && typeof field.key === 'string' ? [field.key] : []))
    : []
}

function checkFields(values: JsonObject, keys: readonly string[], path: SourcePath, reader: CaseReader): void {
  for (const key of Object.keys(values)) {
    if (keys.length === 0 || keys.includes(key)) continue
    const message = `The form has no field ${visibleText(key)}. It has ${oneOf(keys)}.`
    reader.wrongKey('test.unknown_field', message, [...path, key], didYouMean(key, keys))
  }
}

/** `approve`, or `{reject: "Too dear.", by: cfo@company.com, after: 2d}`. */
function readDecision(value: Json, path: SourcePath, reader: CaseReader): PersonAnswer | null {
  const word = DECISION_KINDS.find((kind) => kind === value)
  if (word) return { do: 'decide', decision: word, comment: '', by: null, after_ms: 0 }
  if (!isJsonObject(value)) {
    const message = `An approval is answered with ${oneOf(DECISION_WORDS)}, or for example {reject: "Too long.", after: 2d}.`
    reader.wrong(message, path, hintFor(value, DECISION_WORDS))
    return null
  }
  reader.mapping(value, path, 'A decision', [...DECISION_KINDS, 'by', ...AFTER])
  const said = DECISION_KINDS.filter((kind) => Object.hasOwn(value, kind))
  const [decision] = said
  if (decision === undefined || said.length > 1) {
    reader.wrong(`A decision says exactly one of ${oneOf(DECISION_KINDS)}; behind it stands the comment.`, path)
    return null
  }
  const comment = reader.text(value[decision], [...path, decision], 'The comment') ?? ''
  const by = reader.text(value.by, [...path, 'by'], 'by') ?? null
  return { do: 'decide', decision, comment, by, after_ms: readAfter(value, path, reader) }
}

function readAfter(value: JsonObject, path: SourcePath, reader: CaseReader): number {
  const key = AFTER.find((spelling) => value[spelling] !== undefined && value[spelling] !== null)
  if (key === undefined) return 0
  const place = [...path, key]
  const problems = { error: (code: DiagnosticCode, message: string) => reader.error(code, message, place) }
  const ms = readDuration({ value: value[key] ?? null, path: place }, problems, key)
  return typeof ms === 'number' ? ms : 0
}
