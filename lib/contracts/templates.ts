import { z } from 'zod'
import { AnyId, Paging, Timestamp } from './common.ts'

/** A name of the author's choice, as workflows write it in `template_id`; `@` is left for the version. */
export const TemplateId = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_.-]{0,99}$/, {
    message: 'Use letters, digits, dots, hyphens and underscores, beginning with a letter.',
  })
  .meta({ example: 'blog_draft_v3' })
export type TemplateId = z.infer<typeof TemplateId>

const Content = z
  .string()
  .min(1)
  .max(64_000)
  .meta({ description: 'The prompt. `{topic}` stands for the variable topic of the step that uses it.' })
const Message = z.string().trim().max(500).meta({ description: 'What this version changes.' })

export const CreateTemplate = z.strictObject({ id: TemplateId, content: Content, message: Message.optional() })
export type CreateTemplate = z.infer<typeof CreateTemplate>

export const UpdateTemplateBody = z.strictObject({ content: Content, message: Message.optional() })
export type UpdateTemplateBody = z.infer<typeof UpdateTemplateBody>

export const TemplateParams = z.strictObject({ id: AnyId })
export type TemplateParams = z.infer<typeof TemplateParams>

export const TemplateQuery = z.strictObject({
  version: z.coerce.number().int().min(1).max(1_000_000).optional().meta({ description: 'Without it: the newest.' }),
})
export type TemplateQuery = z.infer<typeof TemplateQuery>

export const UpdateTemplate = TemplateParams.extend(UpdateTemplateBody.shape)
export type UpdateTemplate = z.infer<typeof UpdateTemplate>

export const GetTemplate = TemplateParams.extend(TemplateQuery.shape)
export type GetTemplate = z.infer<typeof GetTemplate>

export const ListTemplates = Paging
export type ListTemplates = z.input<typeof ListTemplates>

export const TemplateSummary = z.object({
  id: z.string(),
  version: z.int().meta({ description: 'The newest.' }),
  created_at: Timestamp,
  updated_at: Timestamp,
})
export type TemplateSummary = z.infer<typeof TemplateSummary>

export const TemplateList = z.object({ templates: z.array(TemplateSummary), next_cursor: z.string().nullable() })
export type TemplateList = z.infer<typeof TemplateList>

export const TemplateVersion = z.object({ version: z.int(), message: z.string().nullable(), created_at: Timestamp })
export type TemplateVersion = z.infer<typeof TemplateVersion>

export const Template = TemplateVersion.extend({
  id: z.string(),
  content: z.string(),
  variables: z.array(z.string()).meta({ description: 'The names that stand in `{braces}`, in their order.' }),
  versions: z.array(TemplateVersion).meta({ description: 'All versions, the newest first.' }),
})
export type Template = z.infer<typeof Template>
