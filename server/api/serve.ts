import { z } from 'zod'
import { ScaffError } from '#lib/errors.ts'
import { isStorable } from '#lib/storable.ts'
import { zodItems } from '#lib/zod-items.ts'
import { authenticate, type Identity } from '#server/auth/authenticate.ts'
import { retrying, WHILE_SOMEBODY_WAITS_MS } from '#server/db/retrying.ts'
import { authorise } from '#server/services/authorise.ts'
import type { App, ServiceContext } from '#server/services/context.ts'
import { serviceContext } from './context.ts'
import { corsHeaders } from './cors.ts'
import type { Endpoint, Reply } from './endpoint.ts'
import { problemResponse, toProblem } from './error-map.ts'
import { DEFAULT_BODY_LIMIT, readJsonBody } from './json-body.ts'
import { countRequest } from './request-limits.ts'
import { isSameOrigin } from './request-origin.ts'

export interface ServeOptions {
  /** Whether an answer that does not fit its schema is an error (tests, development) or logged and sent (production). */
  readonly strictAnswers: boolean
}

/**
 * Answers one REST request. The order matters: who calls, how often, from where, whether they may, and only then what
 * they sent; so nothing of a body is looked at for someone who may not send it. Never throws.
 */
export async function serve(
  app: App,
  endpoint: Endpoint,
  request: Request,
  params: Readonly<Record<string, string | string[] | undefined>>,
  options: ServeOptions,
): Promise<Response> {
  const started = performance.now()
  const headers = baseHeaders(app, request)
  let ctx = serviceContext(app, request.headers, null)
  headers.set('x-request-id', ctx.requestId)
  const log = app.log.child({ request_id: ctx.requestId })
  let response: Response
  try {
    const identity = await identify(app, request, ctx, headers)
    ctx = { ...ctx, actor: identity?.actor ?? null }
    if (identity?.via === 'cookie' && request.method !== 'GET' && !isSameOrigin(request.headers, app.env.appUrl)) {
      throw new ScaffError(
        'auth.origin_refused',
        `Send this from ${new URL(app.env.appUrl).origin}, or use an API key.`,
      )
    }
    checkAccess(ctx, endpoint)
    response = await run(endpoint, ctx, request, params, headers, options)
  } catch (thrown) {
    response = problemResponse(toProblem(thrown, ctx.requestId, log), headers)
  }
  log.info(
    {
      method: request.method,
      route: endpoint.path,
      status: response.status,
      ms: Math.round(performance.now() - started),
      ...(ctx.actor !== null && 'id' in ctx.actor ? { actor: ctx.actor.id } : {}),
    },
    'request',
  )
  return response
}

/** A problem answered outside any operation: unknown path, wrong method. */
export function refuse(
  app: App,
  request: Request,
  error: ScaffError,
  more: Readonly<Record<string, string>> = {},
): Response {
  const headers = baseHeaders(app, request)
  for (const [name, value] of Object.entries(more)) headers.set(name, value)
  const { requestId } = serviceContext(app, request.headers, null)
  headers.set('x-request-id', requestId)
  return problemResponse(toProblem(error, requestId, app.log), headers)
}

/** Requests with a wrong credential are counted by address, so that guessing is bounded too. */
async function identify(app: App, request: Request, ctx: ServiceContext, headers: Headers): Promise<Identity | null> {
  try {
    const identity = await retrying(() => authenticate(app, request.headers), WHILE_SOMEBODY_WAITS_MS)
    countRequest(app, identity, ctx.ip, headers)
    return identity
  } catch (thrown) {
    if (thrown instanceof ScaffError && thrown.code === 'auth.invalid') countRequest(app, null, ctx.ip, headers)
    throw thrown
  }
}

function checkAccess(ctx: ServiceContext, { access }: Endpoint): void {
  if (access === 'public') return
  if (access === 'authenticated') {
    if (ctx.actor === null) throw new ScaffError('auth.required', 'Sign in, or send an API key as a Bearer token.')
    return
  }
  if (typeof access === 'string') authorise(ctx, access)
  else authorise(ctx, ...access)
}

async function run(
  endpoint: Endpoint,
  ctx: ServiceContext,
  request: Request,
  params: Readonly<Record<string, string | string[] | undefined>>,
  headers: Headers,
  options: ServeOptions,
): Promise<Response> {
  const url = new URL(request.url)
  refuseUnstorableUrl(params, url.searchParams)
  const input = {
    params: parse(endpoint.params, params, 'path'),
    query: parse(endpoint.query ?? z.strictObject({}), queryRecord(url.searchParams), 'query'),
    headers: parse(endpoint.headers, headerRecord(endpoint.headers, request.headers), 'headers'),
    body: await parseBody(endpoint, request),
  }
  let status = typeof endpoint.status === 'number' ? endpoint.status : endpoint.status[0]
  const reply: Reply = {
    status: (chosen) => {
      status = chosen
    },
    header: (name, value) => headers.set(name, value),
  }
  const perform = () => endpoint.run({ ctx, ...input, request, reply })
  // What only reads is asked again while the database is away; whether to repeat what changes something, its caller knows.
  const answer = await (endpoint.method === 'GET' ? retrying(perform, WHILE_SOMEBODY_WAITS_MS) : perform())
  if (answer instanceof Response) {
    for (const [name, value] of headers) if (!answer.headers.has(name)) answer.headers.set(name, value)
    return answer
  }
  if (endpoint.response === null || endpoint.response === 'stream') return new Response(null, { status, headers })
  headers.set('content-type', 'application/json; charset=utf-8')
  return new Response(JSON.stringify(checkAnswer(endpoint, endpoint.response, answer, ctx, options)), {
    status,
    headers,
  })
}

function checkAnswer(
  endpoint: Endpoint,
  schema: z.ZodType,
  answer: unknown,
  ctx: ServiceContext,
  options: ServeOptions,
) {
  const checked = schema.safeParse(answer)
  if (checked.success) return checked.data
  const items = zodItems(checked.error)
  if (options.strictAnswers) throw new Error(`${endpoint.id} answers against its schema: ${JSON.stringify(items)}`)
  ctx.app.log.error({ operation: endpoint.id, errors: items, request_id: ctx.requestId }, 'answer against its schema')
  return answer
}

async function parseBody(endpoint: Endpoint, request: Request): Promise<unknown> {
  if (request.method === 'GET' || (request.method === 'DELETE' && endpoint.body === undefined)) return undefined
  const body = await readJsonBody(request, endpoint.bodyLimit ?? DEFAULT_BODY_LIMIT)
  const parsed = parse(endpoint.body ?? z.strictObject({}), body ?? {}, 'body')
  return endpoint.body === undefined ? undefined : parsed
}

function parse(schema: z.ZodType | undefined, value: unknown, where: 'path' | 'query' | 'headers' | 'body'): unknown {
  if (schema === undefined) return undefined
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const errors = zodItems(parsed.error)
  const first = errors[0]
  const detail = `The ${where} does not fit: ${first?.path ? `${first.path}: ` : ''}${first?.message ?? 'see errors'}`
  throw new ScaffError('request.invalid', detail, { errors })
}

/** What no row can hold stands in none: such an id is one that is not there. */
function refuseUnstorableUrl(params: Readonly<Record<string, unknown>>, query: URLSearchParams): void {
  if (Object.values(params).some((value) => !isStorable(String(value)))) {
    throw new ScaffError('request.not_found', 'There is nothing at this address.')
  }
  for (const [name, value] of query) {
    if (!isStorable(value)) throw new ScaffError('request.invalid', `“${name}” holds a NUL character. Leave it out.`)
  }
}

/** Empty values count as absent, as in `?status=&q=`; a repeated name becomes a list, which a schema has to expect. */
function queryRecord(query: URLSearchParams): Record<string, string | string[]> {
  const record: Record<string, string | string[]> = Object.create(null)
  for (const name of new Set(query.keys())) {
    const values = query.getAll(name).filter((value) => value !== '')
    if (values.length > 0) record[name] = values.length === 1 && values[0] !== undefined ? values[0] : values
  }
  return record
}

function headerRecord(schema: z.ZodObject | undefined, headers: Headers): Record<string, string> {
  const record: Record<string, string> = {}
  for (const name of Object.keys(schema?.shape ?? {})) {
    const value = headers.get(name)
    if (value !== null) record[name] = value
  }
  return record
}

/** API answers are data: never framed, sniffed, cached or run. */
function baseHeaders(app: App, request: Request): Headers {
  return new Headers({
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    ...corsHeaders(app.env.corsOrigins, request),
  })
}
