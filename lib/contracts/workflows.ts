import { z } from 'zod'
import {
  FormField,
  JsonRecord,
  JsonValue,
  ORDINAL_MAX,
  Ordinal,
  Paging,
  QueryFlag,
  Timestamp,
  WorkflowDiagnostic,
} from './common.ts'
import { WorkflowGraph } from './graph.ts'
import { RunStatus } from './runs.ts'

/** Far above the language's own bound of 256 KiB, so that its diagnostic answers and not this. */
const SOURCE_MAX = 2_000_000

const exactlyOneText = (body: { yaml?: string | undefined; definition?: unknown }) =>
  (body.yaml === undefined) !== (body.definition === undefined)
const ONE_TEXT = { message: 'Send either `yaml` (text) or `definition` (an object), and not both.', path: ['yaml'] }

const Text = {
  yaml: z.string().max(SOURCE_MAX).optional().meta({ description: 'The workflow as YAML or JSON text.' }),
  definition: JsonRecord.optional().meta({
    description:
      'The workflow as an object, in place of `yaml`. A canonical one (`ir: 1`) changes only those parts of the present text that it says otherwise.',
  }),
}

export const WorkflowCreate = z
  .strictObject({
    name: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .optional()
      .meta({ description: 'Display name; absent: the name in the text.' }),
    ...Text,
  })
  .refine(exactlyOneText, ONE_TEXT)
export type WorkflowCreate = z.infer<typeof WorkflowCreate>

export const WorkflowUpdate = z
  .strictObject({
    ...Text,
    message: z.string().max(1000).optional().meta({ description: 'What changed, for the list of versions.' }),
  })
  .refine(exactlyOneText, ONE_TEXT)
export type WorkflowUpdate = z.infer<typeof WorkflowUpdate>

export const WorkflowPatch = z.strictObject({ enabled: z.boolean() })
export type WorkflowPatch = z.infer<typeof WorkflowPatch>

export const WorkflowRollback = z.strictObject({ version: Ordinal })
export type WorkflowRollback = z.infer<typeof WorkflowRollback>

export const WorkflowValidate = z.strictObject(Text).refine(exactlyOneText, ONE_TEXT)
export type WorkflowValidate = z.infer<typeof WorkflowValidate>

export const WorkflowQuery = z.strictObject({
  version: z.coerce.number().int().min(1).max(ORDINAL_MAX).optional(),
  definition: QueryFlag.optional().meta({ description: 'Whether to answer the canonical definition too.' }),
})
export type WorkflowQuery = z.infer<typeof WorkflowQuery>

export const WorkflowListQuery = Paging.extend({
  q: z.string().max(200).optional().meta({ description: 'Part of the name or description.' }),
  tag: z.string().max(100).optional(),
  enabled: QueryFlag.optional(),
  sort: z.enum(['created', 'updated', 'name']).default('created').meta({
    description: '`created`: the newest first (default); `updated`: the last changed first; `name`: from A to Z.',
  }),
})
export type WorkflowListQuery = z.infer<typeof WorkflowListQuery>

/** The answer to every save. `warnings` are those of the text that was saved. */
export const WorkflowSaved = z.object({
  id: z.string(),
  name: z.string(),
  version: z.number().int(),
  status: z.enum(['created', 'updated', 'rolled_back']),
  enabled: z.boolean(),
  warnings: z.array(WorkflowDiagnostic),
})
export type WorkflowSaved = z.infer<typeof WorkflowSaved>

export const WorkflowRow = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  tags: z.array(z.string()),
  version: z.number().int(),
  enabled: z.boolean(),
  created_at: Timestamp,
  updated_at: Timestamp,
  last_run: z.object({ run_id: z.string(), status: RunStatus, started_at: Timestamp }).nullable(),
  /** How its last ten runs stand, the newest first. */
  recent: z.array(RunStatus),
})
export type WorkflowRow = z.infer<typeof WorkflowRow>

export const WorkflowList = z.object({ workflows: z.array(WorkflowRow), next_cursor: z.string().nullable() })
export type WorkflowList = z.infer<typeof WorkflowList>

/** The tags in use, with how many workflows bear each; the most used first. */
export const WorkflowTags = z.object({ tags: z.array(z.object({ tag: z.string(), count: z.number().int() })) })
export type WorkflowTags = z.infer<typeof WorkflowTags>

/** A step of the canonical definition. `config` is the step type's own, normalised. */
export const WorkflowStep = z.object({
  id: z.string(),
  type: z.string(),
  name: z.string().nullable(),
  next: z.string().nullable(),
  when: z.string().nullable(),
  on_error: z.string().nullable(),
  output_key: z.string().nullable(),
  timeout_ms: z.number().nullable(),
  config: JsonRecord,
  inside: z
    .object({ step: z.string(), block: z.string() })
    .optional()
    .meta({ description: 'The step around it, and the branch; absent where it stands in the workflow itself.' }),
})
export type WorkflowStep = z.infer<typeof WorkflowStep>

/** What a start asks for; null: any JSON object. */
export const WorkflowInputs = z.object({
  fields: z.array(FormField).readonly(),
  schema: z.record(z.string(), z.unknown()),
})
export type WorkflowInputs = z.infer<typeof WorkflowInputs>

export const Workflow = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  tags: z.array(z.string()),
  enabled: z.boolean(),
  /** The version shown; `latest_version` is the newest. */
  version: z.number().int(),
  latest_version: z.number().int(),
  message: z.string().nullable(),
  start_step: z.string(),
  steps: z.array(WorkflowStep),
  /** Every way a run can take. */
  graph: WorkflowGraph,
  inputs: WorkflowInputs.nullable(),
  outputs: JsonValue,
  /** The author's text, to the letter. */
  yaml: z.string(),
  definition: JsonRecord.optional().meta({
    description:
      'The canonical form (`ir: 1`), with `?definition=true`. Send it back changed, and the text keeps its comments.',
  }),
  warnings: z.array(WorkflowDiagnostic),
  created_at: Timestamp,
  updated_at: Timestamp,
})
export type Workflow = z.infer<typeof Workflow>

export const WorkflowVersionRow = z.object({
  version: z.number().int(),
  message: z.string().nullable(),
  created_by: z.string().nullable(),
  created_at: Timestamp,
  latest: z.boolean(),
})
export type WorkflowVersionRow = z.infer<typeof WorkflowVersionRow>

export const WorkflowVersions = z.object({ versions: z.array(WorkflowVersionRow) })
export type WorkflowVersions = z.infer<typeof WorkflowVersions>

/** Two versions, and what differs in meaning between them. */
export const WorkflowComparison = z.object({
  from: z.object({ version: z.number().int(), yaml: z.string() }),
  to: z.object({ version: z.number().int(), yaml: z.string() }),
  changes: z
    .array(
      z
        .object({ kind: z.enum(['added', 'removed', 'changed']), step: z.string().nullable(), text: z.string() })
        .readonly(),
    )
    .readonly(),
})
export type WorkflowComparison = z.infer<typeof WorkflowComparison>

export const WorkflowValidation = z.object({
  valid: z.boolean(),
  /** The errors as sentences with their place, for people and logs; `diagnostics` has them in parts, with the warnings. */
  errors: z.array(z.string()),
  diagnostics: z.array(WorkflowDiagnostic),
})
export type WorkflowValidation = z.infer<typeof WorkflowValidation>
