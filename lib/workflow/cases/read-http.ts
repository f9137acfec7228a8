import { isJsonObject, type Json } from '../../json.ts'
import type { SourcePath } from '../diagnostics.ts'
import type { StepDraft } from '../normalise-step.ts'
import { HTTP_TROUBLES, type HttpAnswer } from './case.ts'
import { type CaseReader, hintFor } from './case-reader.ts'

export const REPLY_KEYS = ['status', 'headers', 'body', 'error'] as const

/** `success`, `{status: 201, body: {id: 7}}`, or `{error: http.timeout}`. */
export function readHttpAnswer(
  value: Json,
  _draft: StepDraft,
  path: SourcePath,
  reader: CaseReader,
): HttpAnswer | null {
  if (value === 'success') return { do: 'succeed' }
  if (!isJsonObject(value)) {
    const message = 'A call is answered with success, {status: 201, body: …} or {error: http.timeout}.'
    reader.wrong(message, path, hintFor(value, ['success']))
    return null
  }
  reader.mapping(value, path, 'A reply', REPLY_KEYS)
  if (value.error !== undefined) {
    const code = reader.word(value.error, [...path, 'error'], 'error', HTTP_TROUBLES)
    if (Object.keys(value).length > 1) reader.wrong('Where an error stands there is no reply. Keep one of them.', path)
    return code === undefined ? null : { do: 'fail', code, message: `The test says so: ${code}.` }
  }
  const { status = 200, body = null } = value
  if (typeof status !== 'number' || !Number.isInteger(status) || status < 100 || status > 599) {
    reader.wrong('status is a number from 100 to 599.', [...path, 'status'])
    return null
  }
  const headers = Object.entries(reader.mapping(value.headers, [...path, 'headers'], 'headers') ?? {})
  return {
    do: 'reply',
    status,
    headers: Object.fromEntries(headers.map(([name, text]) => [name.toLowerCase(), String(text)])),
    body,
  }
}
