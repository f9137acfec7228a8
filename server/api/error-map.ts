import { ERRORS, type ErrorCode, type ErrorItem, ScaffError } from '#lib/errors.ts'
import { isRetryable } from '#server/db/retrying.ts'
import type { Logger } from '#server/log.ts'

/** An RFC 9457 problem document. */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly code: ErrorCode
  readonly request_id: string
  readonly errors?: readonly ErrorItem[]
  readonly [member: string]: unknown
}

/**
 * Maps whatever was thrown to what a caller may see. Errors of the table keep their words; a database that is away asks to
 * come again; anything else is a defect of ours: logged with its stack, answered as `internal` without a word of it.
 * Without `log` it is the caller who logs.
 */
export function toProblem(thrown: unknown, requestId: string, log: Logger | null): Problem {
  const error = toScaffError(thrown)
  const code = error?.code ?? 'internal'
  const { http, title } = ERRORS[code]
  if (http >= 500) log?.error({ err: thrown, request_id: requestId }, 'request failed')
  return {
    ...(error?.extra ?? {}),
    type: `urn:scaff:error:${code}`,
    title,
    status: http,
    detail: error?.message ?? `Something went wrong on our side. Try again; if it stays, tell us request ${requestId}.`,
    code,
    request_id: requestId,
    ...(error !== null && error.errors.length > 0 ? { errors: error.errors } : {}),
  }
}

export function problemResponse(problem: Problem, headers: Headers): Response {
  headers.set('content-type', 'application/problem+json; charset=utf-8')
  const retryAfter = problem.retry_after
  if (typeof retryAfter === 'number') headers.set('retry-after', String(Math.ceil(retryAfter)))
  return new Response(JSON.stringify(problem), { status: problem.status, headers })
}

/** Seconds after which a database that restarted is back, as a rule. */
const BACK_AFTER_S = 2

/** The error of the table that was thrown or that stands for what was; null for a defect of ours. */
export function toScaffError(thrown: unknown): ScaffError | null {
  if (isScaffError(thrown)) return thrown
  if (!isRetryable(thrown)) return null
  return new ScaffError('service.unavailable', 'The database is away for a moment. Send the request again.', {
    extra: { retry_after: BACK_AFTER_S },
    cause: thrown,
  })
}

/** By shape, not by class: the engine's bundle may carry its own copy of the class. */
export function isScaffError(thrown: unknown): thrown is ScaffError {
  if (thrown instanceof ScaffError) return true
  return thrown instanceof Error && thrown.name === 'ScaffError' && 'code' in thrown && String(thrown.code) in ERRORS
}
