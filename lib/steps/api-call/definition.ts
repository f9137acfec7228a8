import { z } from 'zod'
import type { JsonSchema } from '#lib/json.ts'
import { SECOND } from '#lib/time.ts'
import type { EffectStepType } from '#lib/workflow/catalog.ts'
import { readCondition } from '#lib/workflow/normalise-condition.ts'
import { isTemplate, templateSlots } from '../dynamic.ts'
import { readSchemaPart } from '../schema-part.ts'
import { JsonSchemaObject, JsonValue } from '../values.ts'

export const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] as const

const Scalar = z.union([z.string(), z.number(), z.boolean(), z.null()])

export const ApiCallConfig = z.strictObject({
  method: z
    .enum(METHODS)
    .default('GET')
    .meta({
      title: 'Method',
      description: 'Of the request, in capitals or not.',
      written: { enum: METHODS.flatMap((name) => [name, name.toLowerCase()]) },
    }),
  url: z.string().min(1).max(8_000).meta({
    title: 'Address',
    description: 'http or https; a template.',
    written: 'template',
  }),
  headers: z
    .record(z.string(), Scalar)
    .default({})
    .meta({
      title: 'Headers',
      description: 'Name → template.',
      written: {
        type: 'object',
        additionalProperties: { type: ['string', 'number', 'boolean', 'null'], 'x-kind': 'template' },
      },
    }),
  query: z
    .record(z.string(), JsonValue)
    .default({})
    .meta({
      title: 'Query',
      description: 'Parameters that are added to the address; templates.',
      written: { type: 'object', 'x-kind': 'template' },
    }),
  body: JsonValue.optional().meta({
    title: 'Body',
    written: { 'x-kind': 'template' },
    description:
      'JSON whose texts are templates, or one text. A text that is exactly one {{ expression }} keeps its type.',
  }),
  timeout_ms: z
    .int()
    .min(1)
    .max(3_600 * SECOND)
    .default(30 * SECOND)
    .meta({
      title: 'Timeout',
      description: 'Of each attempt; 30 s unless given.',
    }),
  success_when: z.string().nullable().default(null).meta({
    title: 'Success when',
    written: 'condition',
    description: 'An expression about `status`, `headers` and `body`. Without it every 2xx is a success.',
  }),
  response_schema: JsonSchemaObject.nullable().default(null).meta({
    title: 'Response schema',
    written: 'json_schema',
    description: 'JSON Schema 2020-12 that the response body must fit.',
  }),
  idempotent: z.boolean().default(false).meta({
    title: 'Idempotent',
    description:
      'The other side recognises a repeat by its Idempotency-Key. After a crash a POST or PATCH is then simply repeated; otherwise people are asked whether it happened.',
  }),
})
export type ApiCallConfig = z.infer<typeof ApiCallConfig>

/** A host as people type it into a browser. */
const HOST = /^[\w-]+(?:\.[\w-]+)+(?=[/?#:]|$)/

export const apiCall: EffectStepType<ApiCallConfig> = {
  type: 'api_call',
  behavior: 'effect',
  source: 'call',
  label: 'API call',
  summary: 'Calls another system by HTTP.',
  docs: `Address, headers, query and body are templates; secrets (\`{{ env.NAME }}\`) may stand in them. Repeated on network trouble,
429 and 5xx: 3 times unless \`retry\` says otherwise, with an \`Idempotency-Key\` that stays the same.

After a crash a call that was under way is repeated with the same key. A POST or PATCH is not, unless it is \`idempotent: true\`:
when it was sent and its answer is lost, the run waits until somebody says whether it happened.

Its output is \`{status, headers, body}\`, at \`steps.<id>.output\`; \`runtime.api_response\` is that of the latest call.
In \`success_when\` the three are in reach by name.`,
  example: `id: publish
type: api_call
method: POST
url: https://cms.example.com/api/posts
body:
  title: "Hello"
`,
  aliases: {},
  later: [],
  config: ApiCallConfig,
  merge: (output) => ({ api_response: output }),
  canonicalise(raw, reader) {
    const config: Record<string, unknown> = { ...raw }
    if (raw.response_schema !== undefined) config.response_schema = readSchemaPart(raw, 'response_schema', reader)
    if (typeof raw.method === 'string') config.method = raw.method.toUpperCase()
    if (raw.success_when !== undefined) config.success_when = readCondition(raw.success_when, ['success_when'], reader)
    return config as typeof raw
  },
  check(config, reader) {
    if (!/^\s*\{\{/.test(config.url) && !/^https?:\/\/[^/?#]/i.test(config.url)) {
      const cure = HOST.test(config.url) ? { put: `https://${config.url}` } : undefined
      reader.error('api_call.bad_url', 'The address begins with https:// or http:// and a host.', ['url'], { cure })
    }
    for (const name of Object.keys(config.headers)) {
      if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)) {
        reader.error('api_call.bad_header', `${name} is no header name. It holds letters, digits and -.`, [
          'headers',
          name,
        ])
      }
      const value = config.headers[name]
      if (typeof value === 'string' && !isTemplate(value) && /[\r\n\0]/.test(value.trimEnd())) {
        reader.error('api_call.bad_header', `The value of ${name} has a line break. A header is one line.`, [
          'headers',
          name,
        ])
      }
    }
    if (config.body !== undefined && config.body !== null && (config.method === 'GET' || config.method === 'HEAD')) {
      reader.error('api_call.body_not_sent', `${config.method} has no body. Use query, or another method.`, ['body'])
    }
  },
  slots: (config) => [
    ...templateSlots(['url'], config.url, true),
    ...templateSlots(['headers'], config.headers, true),
    ...templateSlots(['query'], config.query, true).map((slot) => ({ ...slot, wants: 'parameter' as const })),
    ...templateSlots(['body'], config.body, true),
    ...(config.success_when === null
      ? []
      : [
          {
            path: ['success_when'],
            kind: 'expression' as const,
            source: config.success_when,
            secrets: true,
            names: ['status', 'headers', 'body', 'api_response'],
            parts: RESPONSE_PARTS,
          },
        ]),
  ],
  jumps: () => [],
  output: ({ response_schema }) => ({
    type: 'object',
    properties: {
      status: { type: 'integer' },
      headers: { type: 'object', additionalProperties: { type: 'string' } },
      body: response_schema ?? {},
    },
    required: ['status', 'headers', 'body'],
    additionalProperties: false,
  }),
  retry: () => ({
    max_attempts: 4,
    interval_ms: SECOND,
    backoff_rate: 2,
    max_delay_ms: 60 * SECOND,
    jitter: 0.2,
    on: null,
  }),
}

const HEADERS: JsonSchema = { type: 'object', additionalProperties: { type: 'string' } }

/** The body was held to no schema yet when `success_when` is asked. */
const RESPONSE: JsonSchema = {
  type: 'object',
  properties: { status: { type: 'integer' }, headers: HEADERS, body: {} },
  required: ['status', 'headers', 'body'],
  additionalProperties: false,
}

const RESPONSE_PARTS: JsonSchema = {
  ...RESPONSE,
  properties: { status: { type: 'integer' }, headers: HEADERS, body: {}, api_response: RESPONSE },
  required: ['status', 'headers', 'body', 'api_response'],
}
