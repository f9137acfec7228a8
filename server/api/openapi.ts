import { z } from 'zod'
import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponsesObject,
} from 'zod-openapi'
import { ERRORS, type ErrorCode } from '#lib/errors.ts'
import type { Endpoint } from './endpoint.ts'

/** How an error reaches a caller: RFC 9457. */
const Problem = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().meta({ description: 'What is wrong and what to do, for people.' }),
    code: z.string().meta({ description: 'Dotted and stable, for programs.', example: 'workflow.not_found' }),
    request_id: z.string(),
    errors: z
      .array(
        z.object({
          path: z.string(),
          code: z.string(),
          message: z.string(),
          line: z.int().optional(),
          column: z.int().optional(),
        }),
      )
      .optional(),
  })
  .meta({ id: 'Problem', description: 'An error, after RFC 9457.' })

/** The OpenAPI 3.1 document of all operations, from the very schemas that parse and check them. */
export function openApiDocument(
  endpoints: readonly Endpoint[],
  server: { readonly url: string; readonly version: string },
) {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {}
  for (const endpoint of endpoints) {
    const path = paths[endpoint.path] ?? {}
    path[endpoint.method.toLowerCase()] = operation(endpoint)
    paths[endpoint.path] = path
  }
  return withParameterNotes(
    createDocument({
      openapi: '3.1.0',
      info: {
        title: 'Scaff',
        version: server.version,
        description:
          'Durable workflows in which AI drafts, JSON Schema checks, and people decide. Each path also answers without the /v1 or without the /api part of its prefix.',
        contact: { name: 'Scaff', url: server.url },
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: '/api/v1', description: 'This installation.' }],
      tags: [...new Set(endpoints.map((endpoint) => endpoint.tag))]
        .sort()
        .map((name) => ({ name, description: `${name}.` })),
      security: [{ bearer: [] }, { apiKey: [] }],
      paths: paths as ZodOpenApiPathsObject,
      components: {
        securitySchemes: {
          bearer: {
            type: 'http',
            scheme: 'bearer',
            description: 'An API key (`scf_…`) or an access token of POST /auth/login.',
          },
          apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key', description: 'An API key (`scf_…`).' },
        },
      },
    }),
  )
}

/** What the parameters mean that stand in many places. */
const PARAMETER_NOTES: Readonly<Record<string, string>> = {
  id: 'The id, as an earlier answer gave it.',
  name: 'The name.',
  q: 'Words to search for.',
  limit: 'How many entries at most.',
  cursor: 'Where to go on: `next_cursor` of the page before.',
  from: 'Not before this time.',
  to: 'Not after this time.',
}

/** Gives parameters that say nothing of themselves a note, from their name if need be. */
function withParameterNotes<D extends ReturnType<typeof createDocument>>(document: D): D {
  for (const path of Object.values(document.paths ?? {})) {
    for (const operation of [path.get, path.post, path.put, path.patch, path.delete]) {
      for (const parameter of operation?.parameters ?? []) {
        if (!('name' in parameter)) continue
        parameter.description ??= PARAMETER_NOTES[parameter.name] ?? `The ${parameter.name.replaceAll('_', ' ')}.`
      }
    }
  }
  return document
}

function operation(endpoint: Endpoint): ZodOpenApiOperationObject {
  return {
    operationId: endpoint.id,
    tags: [endpoint.tag],
    summary: endpoint.summary,
    description: [endpoint.description ?? endpoint.summary, accessNote(endpoint)].join('\n\n'),
    ...(endpoint.access === 'public' ? { security: [] } : {}),
    requestParams: {
      ...(endpoint.params === undefined ? {} : { path: endpoint.params }),
      ...(endpoint.query === undefined ? {} : { query: endpoint.query }),
      ...(endpoint.headers === undefined ? {} : { header: endpoint.headers }),
    },
    ...(endpoint.body === undefined
      ? {}
      : { requestBody: { required: true, content: { 'application/json': { schema: endpoint.body } } } }),
    responses: { ...successes(endpoint), ...failures(endpoint) },
  }
}

function accessNote({ access }: Endpoint): string {
  if (access === 'public') return 'Needs no account.'
  if (access === 'authenticated') return 'For every account and key.'
  return `Needs the permission ${typeof access === 'string' ? `\`${access}\`` : access.map((a) => `\`${a}\``).join(' or ')}.`
}

function successes({ status, response, summary }: Endpoint): ZodOpenApiResponsesObject {
  const content =
    response === null
      ? {}
      : response === 'stream'
        ? { content: { 'text/event-stream': { schema: z.string() } } }
        : { content: { 'application/json': { schema: response } } }
  const statuses = typeof status === 'number' ? [status] : status
  return Object.fromEntries(statuses.map((code) => [String(code), { description: summary, ...content }]))
}

function failures(endpoint: Endpoint): ZodOpenApiResponsesObject {
  const byStatus = new Map<number, ErrorCode[]>()
  for (const code of possibleErrors(endpoint)) {
    const list = byStatus.get(ERRORS[code].http) ?? []
    list.push(code)
    byStatus.set(ERRORS[code].http, list)
  }
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      String(status),
      {
        description: codes.map((code) => `\`${code}\`: ${ERRORS[code].title}.`).join(' '),
        content: { 'application/problem+json': { schema: Problem } },
      },
    ]),
  )
}

function possibleErrors(endpoint: Endpoint): ReadonlySet<ErrorCode> {
  return new Set<ErrorCode>([
    'request.invalid',
    ...(endpoint.body === undefined
      ? []
      : (['request.malformed', 'payload.too_large', 'payload.unsupported'] satisfies ErrorCode[])),
    ...(endpoint.access === 'public' ? [] : (['auth.required', 'auth.invalid'] satisfies ErrorCode[])),
    ...(endpoint.access === 'public' || endpoint.access === 'authenticated'
      ? []
      : (['auth.forbidden'] satisfies ErrorCode[])),
    ...(endpoint.errors ?? []),
    'rate_limit.exceeded',
    'internal',
  ])
}
