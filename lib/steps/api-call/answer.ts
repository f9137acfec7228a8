import type { Json, JsonObject } from '#lib/json.ts'
import type { HttpAnswer } from '#lib/steps/kit.ts'
import { DAY } from '#lib/time.ts'
import type { StepError } from '#lib/workflow/events.ts'
import { isJsonType } from './body.ts'

type Answered = Extract<HttpAnswer, { ok: true }>

export interface ApiResponse extends JsonObject {
  readonly status: number
  readonly headers: { readonly [name: string]: string }
  /** JSON where the answer says that it is, else its text; null when it is empty. */
  readonly body: Json
}

export function toResponse({ status, headers, body }: Answered): ApiResponse {
  return { status, headers, body: parse(body, headers['content-type'] ?? '') }
}

function parse(text: string, contentType: string): Json {
  if (text === '') return null
  if (!isJsonType(contentType)) return text
  try {
    return JSON.parse(text)
  } catch {
    // It claims to be JSON and is not: the text is what can still be looked at.
    return text
  }
}

/** A status that does not count as success, with the beginning of what the other side said about it. */
export function statusError(host: string, response: ApiResponse, now: string): StepError {
  const { status, headers, body } = response
  const said = excerpt(body)
  return {
    code: 'http.status',
    message: `${host} answered ${status}${said === '' ? '.' : `: ${said}`}`,
    retryable: isPassing(status),
    retry_after_ms: isPassing(status) ? retryAfter(headers, now) : null,
  }
}

/** Whether the same request may well succeed later. */
export function isPassing(status: number): boolean {
  return status === 429 || status >= 500
}

/** `Retry-After` in seconds or as a date, told by the other side's own clock where it names one. At most a day. */
export function retryAfter(headers: { readonly [name: string]: string }, now: string): number | null {
  const value = headers['retry-after']?.trim()
  if (!value) return null
  const wait = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.parse(headers.date ?? now)
  return Number.isFinite(wait) ? Math.min(Math.max(wait, 0), DAY) : null
}

function excerpt(body: Json): string {
  const text = body === null ? '' : typeof body === 'string' ? body : JSON.stringify(body)
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > 300 ? `${line.slice(0, 300)}…` : line
}
