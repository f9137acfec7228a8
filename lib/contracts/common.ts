import { z } from 'zod'
import type { Json, JsonObject } from '../json.ts'
import { OUTPUT_SOURCES } from '../workflow/data.ts'
import { FIELD_TYPES, type Field } from '../workflow/definition.ts'
import type { Diagnostic } from '../workflow/diagnostics.ts'

/**
 * Pieces that the contracts share. A schema and its type have one name; REST, tRPC and forms import them and never
 * restate one. Requests are strict (an unknown field is an error), answers drop what they do not declare.
 */

/** Any JSON value. */
export const JsonValue: z.ZodType<Json> = z.json()
export type JsonValue = Json

export const JsonRecord: z.ZodType<JsonObject> = z.record(z.string(), z.json())
export type JsonRecord = JsonObject

/** ISO 8601 in UTC. */
export const Timestamp = z.iso.datetime()
export type Timestamp = z.infer<typeof Timestamp>

/** An instant somebody asks for, in any offset; from 1970 to 9999, as nothing of ours lies outside and databases refuse more. */
export const AskedInstant = z.iso
  .datetime({ offset: true })
  .refine((text) => Date.parse(text) >= 0 && Date.parse(text) < Date.UTC(10_000), 'Name an instant from 1970 to 9999.')
export type AskedInstant = z.infer<typeof AskedInstant>

/** The most that a number which counts versions, visits or events can be: what its column holds. */
export const ORDINAL_MAX = 2_147_483_647

/** A version, a visit or an attempt, counted from 1. */
export const Ordinal = z.number().int().min(1).max(ORDINAL_MAX)
export type Ordinal = z.infer<typeof Ordinal>

/** The number of an event in its run, or of an attempt to run it through, counted from 0. */
export const SequenceNumber = z.number().int().min(0).max(ORDINAL_MAX)
export type SequenceNumber = z.infer<typeof SequenceNumber>

/** An id as it stands in a path or body. One of the wrong form is one that is not there, so the form is not checked here. */
export const AnyId = z.string().max(200)
export type AnyId = z.infer<typeof AnyId>

/** Where a list goes on: opaque, taken from `next_cursor`. */
export const Paging = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(500).optional(),
})
export type Paging = z.infer<typeof Paging>

/** A yes or no in a query string; what was parsed before passes. */
export const QueryFlag = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')])
export type QueryFlag = z.infer<typeof QueryFlag>

export const TextEdit = z.object({
  line: z.number().int(),
  column: z.number().int(),
  endLine: z.number().int(),
  endColumn: z.number().int(),
  newText: z.string(),
})
export type TextEdit = z.infer<typeof TextEdit>

/** One problem in a workflow text; positions are 1-based. */
export const WorkflowDiagnostic = z.object({
  severity: z.enum(['error', 'warning']),
  code: z.string(),
  message: z.string(),
  path: z.string(),
  line: z.number().int(),
  column: z.number().int(),
  endLine: z.number().int(),
  endColumn: z.number().int(),
  hint: z.string().optional(),
  fix: z.object({ title: z.string(), edits: z.array(TextEdit).readonly() }).optional(),
}) satisfies z.ZodType<Omit<Diagnostic, 'code'> & { code: string }>
export type WorkflowDiagnostic = z.infer<typeof WorkflowDiagnostic>

/** A form field or declared input, as the canonical definition has it. */
export const FormField = z.object({
  key: z.string(),
  type: z.enum(FIELD_TYPES),
  label: z.string(),
  required: z.boolean(),
  default: JsonValue.optional(),
  prefill: z.string().optional(),
  help: z.string().optional(),
  placeholder: z.string().optional(),
  pattern: z.string().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  multiline: z.boolean().optional(),
  options: z
    .array(z.object({ value: z.union([z.string(), z.number(), z.boolean()]), label: z.string() }))
    .readonly()
    .optional(),
  show_if: z.string().optional(),
  required_if: z.string().optional(),
}) satisfies z.ZodType<Field>
export type FormField = z.infer<typeof FormField>

/** Who made a value: a person, a model, another system, a decision, or the workflow itself. */
export const ValueSource = z.enum(OUTPUT_SOURCES)
export type ValueSource = z.infer<typeof ValueSource>

/** Who did something, as people should read it; `label` is a name or an address. */
export const Who = z.object({ via: z.enum(['app', 'link', 'key', 'timeout']), id: z.string(), label: z.string() })
export type Who = z.infer<typeof Who>

/** One problem of an answer: the field it belongs to (empty: the whole form) and a sentence. */
export const FieldProblem = z.object({ path: z.string(), code: z.string(), message: z.string() })
export type FieldProblem = z.infer<typeof FieldProblem>

export const Cost = z.object({
  /** US dollars over all model calls whose price is known. */
  usd: z.number(),
  tokens: z.number().int(),
})
export type Cost = z.infer<typeof Cost>
