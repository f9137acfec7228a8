import { isJsonObject, type Json } from '#lib/json.ts'

/**
 * What models sent for a step, out of a recording: a list of texts, or a run as `GET /executions/{id}/export` answers it.
 * null: there is nothing of that step in it.
 */
export function recordedAnswers(recording: Json, step: string): readonly string[] | null {
  if (Array.isArray(recording) && recording.length > 0 && recording.every((text) => typeof text === 'string'))
    return recording
  const found = answersIn(recording, step)
  return found.length > 0 ? found : null
}

/** Attempts stand in the order in which they were made, wherever in the document. */
function answersIn(value: Json, step: string): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item: Json) => answersIn(item, step))
  if (!isJsonObject(value)) return []
  if (value.step_id !== step || !Array.isArray(value.ai_calls))
    return Object.values(value).flatMap((inner) => answersIn(inner, step))
  return value.ai_calls.flatMap((call: Json) =>
    isJsonObject(call) && typeof call.answer === 'string' ? [call.answer] : [],
  )
}
