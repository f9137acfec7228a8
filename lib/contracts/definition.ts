import { z } from 'zod'
import type { Block, Step, WorkflowDefinition } from '#lib/workflow/definition.ts'
import { FormField, JsonRecord, JsonValue } from './common.ts'

const RetryPolicy = z.strictObject({
  max_attempts: z.int(),
  interval_ms: z.int(),
  backoff_rate: z.number(),
  max_delay_ms: z.int(),
  jitter: z.number(),
  on: z.array(z.string()).nullable(),
})

const DefinitionStep: z.ZodType<Step> = z.strictObject({
  id: z.string(),
  type: z.string(),
  name: z.string().nullable(),
  next: z.string().nullable(),
  when: z.string().nullable(),
  retry: RetryPolicy.nullable(),
  timeout_ms: z.int().nullable(),
  on_error: z.string().nullable(),
  output_key: z.string().nullable(),
  config: JsonRecord,
  blocks: z.lazy(() => z.array(DefinitionBlock)).optional(),
})

const DefinitionBlock: z.ZodType<Block> = z.strictObject({
  name: z.string(),
  start: z.string(),
  steps: z.array(DefinitionStep),
})

/** The canonical form of a workflow as programs send it: its shape. Whether it is a workflow is told by the language. */
export const CanonicalDefinition: z.ZodType<WorkflowDefinition> = z.strictObject({
  ir: z.literal(1),
  name: z.string(),
  description: z.string().nullable(),
  tags: z.array(z.string()),
  label: z.union([z.string(), z.number()]).nullable(),
  start: z.string(),
  inputs: z.strictObject({ fields: z.array(FormField), schema: z.record(z.string(), z.json()) }).nullable(),
  static: JsonRecord,
  secrets: z.array(z.string()),
  limits: z.strictObject({
    timeout_ms: z.int().nullable(),
    idempotency: z.literal('auto').nullable(),
    concurrency: z.strictObject({ max: z.int(), key: z.string().nullable() }).nullable().optional(),
  }),
  steps: z.array(DefinitionStep),
  outputs: JsonValue,
})
