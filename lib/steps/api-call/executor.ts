import { isJsonObject, type JsonObject } from '#lib/json.ts'
import { createRedactor, type Redactor } from '#lib/redact.ts'
import type { ExecutorResult, StepContext, StepExecutor } from '#lib/steps/kit.ts'
import type { StepError } from '#lib/workflow/events.ts'
import { ExpressionError } from '#lib/workflow/expressions/errors.ts'
import { evaluateExpression } from '#lib/workflow/expressions/evaluate.ts'
import { isTrue } from '#lib/workflow/expressions/truth.ts'
import type { Scope } from '#lib/workflow/scope.ts'
import { type ApiResponse, isPassing, retryAfter, statusError, toResponse } from './answer.ts'
import { CallError } from './call-error.ts'
import type { ApiCallConfig } from './definition.ts'
import { type BuiltRequest, buildRequest } from './request.ts'

type Context = StepContext<ApiCallConfig>

/**
 * Makes one call and judges its answer. Retries are the core's: what may pass is answered as retryable, with the wait
 * that `Retry-After` asks for.
 */
export const executeApiCall: StepExecutor<ApiCallConfig> = async (context) => {
  const redactor = createRedactor({ secrets: secretsOf(context.scope), patterns: false })
  try {
    return await call(context, buildRequest(context, redactor), redactor)
  } catch (error) {
    return { ok: false, error: told(redactor, expected(error)), input: null }
  }
}

async function call(context: Context, request: BuiltRequest, redactor: Redactor): Promise<ExecutorResult> {
  const { config, http, signal, sent } = context
  const { url, headers, body, secretBody, shown } = request
  const answer = await http.request({
    method: config.method,
    url,
    headers,
    body,
    timeout_ms: config.timeout_ms,
    signal,
    secret_body: secretBody,
    ...(repeatable(config) ? {} : { before_send: () => sent(evidenceOf(request)) }),
  })
  const fail = (error: StepError): ExecutorResult => ({ ok: false, error: told(redactor, error), input: shown })
  if (!answer.ok) return fail(answer.error)
  const response = toResponse(answer)
  try {
    const error = await judge(context, new URL(url).host, response)
    return error === null ? { ok: true, output: response, input: shown } : fail(error)
  } catch (error) {
    return fail(expected(error))
  }
}

/** What somebody needs who asks the other side whether it came. */
function evidenceOf({ shown }: BuiltRequest): JsonObject {
  const { method = null, url = null, headers } = shown
  const key = isJsonObject(headers) ? (headers['idempotency-key'] ?? null) : null
  return { method, url, key }
}

/** Whether a call may simply be made again after a crash: as RFC 9110 has it, or because the author says so. */
function repeatable({ method, idempotent }: ApiCallConfig): boolean {
  return idempotent || (method !== 'POST' && method !== 'PATCH')
}

/** Why an answer does not count as success; null when it does. */
async function judge(
  { config, scope, schemas }: Context,
  host: string,
  response: ApiResponse,
): Promise<StepError | null> {
  if (config.success_when === null) {
    if (response.status < 200 || response.status > 299) return statusError(host, response, scope.now)
  } else if (!isTrue(evaluateExpression(config.success_when, withResponse(scope, response)))) {
    return unsuccessful(host, response, scope.now)
  }
  if (config.response_schema === null) return null
  const violations = await schemas.validate(config.response_schema, response.body)
  if (violations.length === 0) return null
  const first = violations.slice(0, 3).map(({ path, message }) => `${path || 'the body'} ${message}`)
  const more = violations.length > 3 ? `, and ${violations.length - 3} more` : ''
  return final(
    'http.response_invalid',
    `${host} answered what response_schema does not allow: ${first.join('; ')}${more}.`,
  )
}

function unsuccessful(host: string, response: ApiResponse, now: string): StepError {
  const passing = isPassing(response.status)
  return {
    code: 'http.unsuccessful',
    message: `${host} answered ${response.status}, and success_when is false for it.`,
    retryable: passing,
    retry_after_ms: passing ? retryAfter(response.headers, now) : null,
  }
}

/** In `success_when` the parts of the response are in reach by name. */
function withResponse(scope: Scope, response: ApiResponse): Scope {
  const runtime = { ...scope.roots.runtime, ...response, api_response: response }
  return { ...scope, roots: { ...scope.roots, runtime } }
}

/** Failures that a workflow can have by what it says; anything else is a defect and goes on as such. */
function expected(error: unknown): StepError {
  if (error instanceof CallError || error instanceof ExpressionError) return final(error.code, error.message)
  throw error
}

function final(code: string, message: string): StepError {
  return { code, message, retryable: false, retry_after_ms: null }
}

function told(redactor: Redactor, error: StepError): StepError {
  return { ...error, message: redactor.text(error.message) }
}

function secretsOf({ roots }: Scope): Record<string, string> {
  const named = Object.entries({ ...roots.env, ...roots.secrets })
  return Object.fromEntries(named.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])))
}
