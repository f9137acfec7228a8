import { and, eq } from 'drizzle-orm'
import { templates, templateVersions } from '#drizzle/schema/index.ts'
import type { PromptPort } from '#lib/steps/kit.ts'
import type { Database } from '#server/db/client.ts'

/** Stored prompts for the steps that use them: no actor is asked, because the workflow that names one was saved by one. */
export function createPromptPort(database: Pick<Database, 'db'>): PromptPort {
  return {
    async get(id, version) {
      const [row] = await database.db
        .select({ version: templateVersions.version, content: templateVersions.content })
        .from(templateVersions)
        .innerJoin(templates, eq(templates.id, templateVersions.templateId))
        .where(and(eq(templates.id, id), eq(templateVersions.version, version ?? templates.version)))
      return row === undefined ? null : { id, ...row }
    },
  }
}
