import { isJsonObject, type Json } from '../../json.ts'
import { MOCK_MODES } from '../../mock-ai/modes.ts'
import type { SourcePath } from '../diagnostics.ts'
import type { StepDraft } from '../normalise-step.ts'
import type { AiAnswer, Script } from './case.ts'
import type { CaseReader } from './case-reader.ts'

/** How the mock answers, or the answer itself: checked like a model's, and asked for again where it does not fit. */
export function readAiAnswer(value: Json, { step }: StepDraft): AiAnswer {
  const mode = MOCK_MODES.find((known) => known === value)
  if (mode) return { do: 'act', mode }
  const asText = typeof value === 'string' && step.config.output_schema === null
  return { do: 'say', text: asText ? value : JSON.stringify(value) }
}

/** `{recorded: …}`: what a model really sent, texts in order or the file they stand in. null: it is no recording. */
export function readRecording(
  value: Json,
  { step }: StepDraft,
  path: SourcePath,
  reader: CaseReader,
): Script<AiAnswer> | null {
  if (!isJsonObject(value) || Object.keys(value).length !== 1 || value.recorded === undefined) return null
  const { recorded } = value
  // A model may be asked for an answer that looks like this: then it is one.
  const properties = isJsonObject(step.config.output_schema) ? step.config.output_schema.properties : undefined
  if (isJsonObject(properties) && Object.hasOwn(properties, 'recorded')) return null
  if (typeof recorded === 'string') return { path, repeats: false, answers: [], recorded }
  const texts = Array.isArray(recorded) ? recorded.filter((text) => typeof text === 'string') : []
  if (!Array.isArray(recorded) || texts.length === 0 || texts.length < recorded.length) {
    reader.wrong('recorded is a list of texts as a model sent them, or the name of a file beside this one.', [
      ...path,
      'recorded',
    ])
  }
  return { path, repeats: false, answers: texts.map((text) => ({ do: 'say', text })) }
}
