import { isJsonObject, type Json, type JsonObject } from '#lib/json.ts'
import type { Redactor } from '#lib/redact.ts'
import type { StepContext } from '#lib/steps/kit.ts'
import { renderValue } from '#lib/workflow/templates/render.ts'
import { buildBody, toPairs } from './body.ts'
import { CallError } from './call-error.ts'
import type { ApiCallConfig } from './definition.ts'
import { buildHeaders } from './headers.ts'
import { readsSecret } from './secrets.ts'
import { addQuery, buildUrl } from './url.ts'

export interface BuiltRequest {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
  readonly secretBody: boolean
  /** As the history shows it: secrets named, credentials masked. */
  readonly shown: JsonObject
}

/** Renders everything a call sends. Throws `CallError` and `ExpressionError`. */
export function buildRequest(
  { config, scope, idempotencyKey, sentAs, requestId }: StepContext<ApiCallConfig>,
  redactor: Redactor,
): BuiltRequest {
  const address = buildUrl(config.url, scope)
  const query = renderValue(config.query, scope)
  const url = addQuery(address.url, toPairs(isJsonObject(query) ? query : {}))
  const { headers: own, secret } = buildHeaders(config.headers, scope)
  const { body, contentType, shown, ...made } = buildBody(config.body, own['content-type'] ?? null, scope)
  if (address.hostFromData && (secret || made.secret || address.secret || readsSecret(config.query))) {
    throw new CallError(
      'http.url_invalid',
      'The host of the url comes from data of the run, and the call carries a secret: whoever wrote that data would receive it. Write the host into the workflow, or into static.',
    )
  }
  const headers = {
    accept: 'application/json, */*;q=0.8',
    'user-agent': 'Scaff',
    'idempotency-key': idempotencyKey,
    'x-request-id': requestId,
    ...(contentType === null ? {} : { 'content-type': contentType }),
    ...own,
    ...(sentAs === undefined ? {} : { 'idempotency-key': sentAs }),
  }
  return {
    url,
    headers,
    body,
    secretBody: made.secret,
    shown: {
      ...redactor.json({ method: config.method, url, body: shown }),
      headers: maskCredentials(redactor.json(headers)),
    },
  }
}

const CREDENTIALS = /^(authorization|cookie|x-api-key|api-key|x-auth-token|.*[-_](secret|token|key))$/i

/** A credential is not shown either when it is no stored secret; one that is keeps its name. */
function maskCredentials(headers: Readonly<Record<string, string>>): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => {
      const masked = CREDENTIALS.test(name) && name !== 'idempotency-key' && !value.includes('[REDACTED:')
      return [name, masked ? '[REDACTED]' : value]
    }),
  )
}
