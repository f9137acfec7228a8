import { z } from 'zod'
import { isJsonObject, type JsonSchema } from '#lib/json.ts'
import { SECOND } from '#lib/time.ts'
import type { EffectStepType } from '#lib/workflow/catalog.ts'
import { readCondition } from '#lib/workflow/normalise-condition.ts'
import { dynamicSlots, templateSlots } from '../dynamic.ts'
import { readSchemaPart } from '../schema-part.ts'
import { JsonSchemaObject, NamedValues, readNamedValues } from '../values.ts'

/** What `provider` may name; an OpenAI-compatible server is `openai` with a base address of its own. */
const PROVIDERS = ['openai', 'anthropic', 'mock'] as const

export const AiGenerateConfig = z.strictObject({
  provider: z.enum(PROVIDERS).nullable().default(null).meta({
    title: 'Provider',
    description: 'The AI provider. Without it: the configured one, and the mock only if none is configured.',
  }),
  model: z
    .string()
    .min(1)
    .nullable()
    .default(null)
    .meta({ title: 'Model', description: 'Without it: the provider’s default.' }),
  prompt: z.string().min(1).nullable().default(null).meta({
    title: 'Prompt',
    written: 'template',
    description: 'What the model is asked, a template. Give this or `template_id`.',
  }),
  template_id: z.string().min(1).max(100).nullable().default(null).meta({
    title: 'Template',
    description: 'A stored prompt, optionally with its version: `blog_draft_v3` or `blog_draft@2`.',
  }),
  template_version: z.int().min(1).max(999_999_999).nullable().default(null).meta({
    title: 'Template version',
    description: 'Without it: the newest.',
  }),
  variables: NamedValues.default({}).meta({
    title: 'Variables',
    written: 'named_values',
    description:
      'What a stored prompt’s `{names}` stand for: a list of names, or a mapping of name to expression or template.',
  }),
  output_schema: JsonSchemaObject.nullable().default(null).meta({
    title: 'Output schema',
    written: 'json_schema',
    description: 'JSON Schema 2020-12 that the answer must fit. Without it the answer is plain text.',
  }),
  max_retries: z.int().min(0).max(10).default(2).meta({
    title: 'Re-asks',
    description: 'How often the model is asked again with the exact violations: 2 means 3 calls.',
  }),
  checks: z
    .array(z.string())
    .max(50)
    .default([])
    .meta({
      title: 'Checks',
      written: { type: 'array', items: { $ref: '#/definitions/condition' } },
      description:
        'Expressions that must hold of the answer; `output` is the answer. One that fails counts as a violation.',
    }),
  temperature: z.number().min(0).max(2).nullable().default(null).meta({ title: 'Temperature', description: '0 to 2.' }),
  max_tokens: z.int().min(1).max(1_000_000).nullable().default(null).meta({
    title: 'Longest answer',
    description: 'In tokens.',
  }),
  timeout_ms: z
    .int()
    .min(1)
    .max(3_600 * SECOND)
    .default(60 * SECOND)
    .meta({
      title: 'Timeout',
      description: 'Of each call to the model; 60 s unless given.',
    }),
  on_invalid: z
    .literal('fail')
    .default('fail')
    .meta({
      title: 'When the answer stays invalid',
      written: {
        anyOf: [
          { enum: ['fail', 'ask_human'] },
          {
            type: 'object',
            properties: { use: { description: 'Not honoured yet: what would be taken in place of the answer.' } },
            required: ['use'],
          },
        ],
      },
      description: '`fail`: the step fails with ai.schema_validation_failed.',
    }),
})
export type AiGenerateConfig = z.infer<typeof AiGenerateConfig>

/** Trouble of the provider that passes by itself. A request that is wrong stays wrong and is not repeated. */
const TRANSIENT = ['ai.timeout', 'ai.unavailable', 'ai.rate_limited']

export const aiGenerate: EffectStepType<AiGenerateConfig> = {
  type: 'ai_generate',
  behavior: 'effect',
  source: 'ai',
  label: 'AI',
  summary: 'Lets a model write something and checks the answer against a schema.',
  docs: `The model gets the prompt; its answer must fit \`output_schema\`. If it does not, the model is asked again with the
exact violations, twice unless \`max_retries\` says otherwise; then the step fails with \`ai.schema_validation_failed\`.
Without \`output_schema\` the answer is text and stands at \`runtime.<step id>\`, or under \`output_key\`.

\`{topic}\` stands only in stored templates; in \`prompt\` write \`{{ topic }}\`. \`checks\` are expressions about the answer:
its keys are in reach by name, the whole of it as \`output\`.`,
  example: `id: draft
type: ai_generate
prompt: |
  Write a short note about {{ topic }}.
output_schema:
  type: object
  properties:
    title: {type: string}
    body: {type: string}
  required: [title, body]
`,
  aliases: { json_schema: 'output_schema' },
  later: [],
  config: AiGenerateConfig,
  canonicalise(raw, reader) {
    const config: Record<string, unknown> = { ...raw }
    if (raw.output_schema !== undefined) config.output_schema = readSchemaPart(raw, 'output_schema', reader)
    if (typeof raw.template_id === 'string') {
      const [id = '', version, ...rest] = raw.template_id.split('@')
      config.template_id = id
      if (version !== undefined) {
        if (rest.length === 0 && /^[1-9]\d{0,8}$/.test(version)) config.template_version = Number(version)
        else
          reader.error('template.bad_version', `${raw.template_id} does not end in a version number. Write ${id}@2.`, [
            'template_id',
          ])
      }
    }
    if (raw.variables !== undefined) config.variables = readNamedValues(raw.variables, ['variables'], reader)
    if (Array.isArray(raw.checks))
      config.checks = raw.checks.map((check, i) => readCondition(check, ['checks', i], reader) ?? 'true')
    if (raw.on_invalid !== undefined && raw.on_invalid !== 'fail') {
      const known =
        raw.on_invalid === 'ask_human' ||
        (typeof raw.on_invalid === 'object' && raw.on_invalid !== null && 'use' in raw.on_invalid)
      if (known) {
        reader.warning(
          'not_yet_effective',
          'Only on_invalid: fail works so far; an answer that stays invalid fails the step.',
          ['on_invalid'],
        )
        config.on_invalid = 'fail'
      }
    }
    return config as typeof raw
  },
  check(config, reader) {
    if (config.prompt === null && config.template_id === null) {
      reader.error('step.missing_key', `Step ${reader.step} needs a prompt. Write prompt: or template_id:.`, [])
    }
    if (config.prompt !== null && config.template_id !== null) {
      reader.error('step.exclusive_keys', 'Give either prompt or template_id, not both.', ['template_id'])
    }
    const single = /(?<!\{)\{([A-Za-z_]\w*)\}(?!\})/.exec(config.prompt ?? '')
    if (single) {
      const message = `${single[0]} is filled in only in stored templates; here it stays as it is. Write {{ ${single[1]} }} for the value.`
      reader.warning('ai.single_braces', message, ['prompt'])
    }
    if (config.prompt !== null && Object.keys(config.variables).length > 0) {
      reader.warning('ai.variables_unused', 'variables fill stored templates only; in a prompt write {{ name }}.', [
        'variables',
      ])
    }
  },
  slots: (config) => [
    ...templateSlots(['prompt'], config.prompt),
    ...dynamicSlots(['variables'], config.variables),
    ...config.checks.map((source, i) => ({
      path: ['checks', i],
      kind: 'expression' as const,
      source,
      secrets: false,
      names: answerNames(config),
      parts: answerParts(config),
    })),
  ],
  jumps: () => [],
  output: (config) => config.output_schema ?? { type: 'string' },
  retry: () => ({
    max_attempts: 3,
    interval_ms: 2 * SECOND,
    backoff_rate: 2,
    max_delay_ms: 60 * SECOND,
    jitter: 0.2,
    on: TRANSIENT,
  }),
  templates: ({ template_id, template_version }) =>
    template_id === null ? [] : [{ id: template_id, version: template_version, path: ['template_id'] }],
}

/** What checks may name beside the context: the answer and its keys. */
function answerNames({ output_schema }: AiGenerateConfig): readonly string[] {
  const properties = output_schema?.properties
  return ['output', ...(typeof properties === 'object' && properties !== null ? Object.keys(properties) : [])]
}

function answerParts({ output_schema }: AiGenerateConfig): JsonSchema {
  const { properties, required, ...others } = output_schema ?? {}
  const keys = isJsonObject(properties) ? properties : {}
  const sure: readonly unknown[] = Array.isArray(required) ? required : []
  return {
    ...others,
    type: 'object',
    properties: { ...keys, output: output_schema ?? { type: 'string' } },
    required: [...sure, 'output'],
  }
}
