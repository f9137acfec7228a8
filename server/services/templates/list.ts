import { asc, gt } from 'drizzle-orm'
import { templates } from '#drizzle/schema/index.ts'
import { ListTemplates, type TemplateList } from '#lib/contracts/templates.ts'
import { authorise } from '../authorise.ts'
import type { ServiceContext } from '../context.ts'
import { decodeCursor, page } from '../paging.ts'
import { parseInput } from '../parse.ts'

/** The stored prompts by name. */
export async function listTemplates({
  ctx,
  input,
}: {
  ctx: ServiceContext
  input: ListTemplates
}): Promise<TemplateList> {
  authorise(ctx, 'template:read')
  const { limit, cursor } = parseInput(ListTemplates, input)
  const after = cursor === undefined ? null : decodeCursor(cursor, ['string'])[0]
  const found = await ctx.app.database.db
    .select()
    .from(templates)
    .where(after === null ? undefined : gt(templates.id, after))
    .orderBy(asc(templates.id))
    .limit(limit + 1)
  const { rows, next_cursor } = page(found, limit, (row) => [row.id])
  return {
    templates: rows.map((row) => ({
      id: row.id,
      version: row.version,
      created_at: row.createdAt.toISOString(),
      updated_at: row.updatedAt.toISOString(),
    })),
    next_cursor,
  }
}
