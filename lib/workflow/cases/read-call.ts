import { isJsonObject, type Json } from '../../json.ts'
import type { SourcePath } from '../diagnostics.ts'
import type { StepDraft } from '../normalise-step.ts'
import { oneOf } from '../suggest.ts'
import type { CallAnswer } from './case.ts'
import type { CaseReader } from './case-reader.ts'

export const CALL_KEYS = ['outputs', 'error', 'case'] as const

/** What the called workflow answers: `{outputs: …}`, `{error: why}`, or itself, by a case of its own: `{case: happy}`. */
export function readCallAnswer(
  value: Json,
  _draft: StepDraft,
  path: SourcePath,
  reader: CaseReader,
): CallAnswer | null {
  const said = isJsonObject(value) ? CALL_KEYS.filter((key) => Object.hasOwn(value, key)) : []
  if (!isJsonObject(value) || said.length !== 1) {
    reader.wrong(`A called workflow is exactly one of ${oneOf(CALL_KEYS)}, for example {outputs: {text: Hallo}}.`, path)
    return null
  }
  reader.mapping(value, path, 'A called workflow', CALL_KEYS)
  if (value.outputs !== undefined) return { do: 'complete', outputs: value.outputs }
  const key = said[0] === 'case' ? 'case' : 'error'
  const text = reader.text(value[key], [...path, key], key)
  if (text === undefined) return null
  return key === 'case' ? { do: 'play', case: text } : { do: 'fail', message: text }
}
