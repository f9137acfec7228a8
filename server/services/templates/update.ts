import { eq, sql } from 'drizzle-orm'
import { templates, templateVersions } from '#drizzle/schema/index.ts'
import { type Template, UpdateTemplate } from '#lib/contracts/templates.ts'
import { audit } from '../audit.ts'
import { authorise } from '../authorise.ts'
import type { ServiceContext } from '../context.ts'
import { parseInput } from '../parse.ts'
import { checkContent } from './content.ts'
import { noTemplate, readTemplate } from './get.ts'

/** Adds a version. Older ones stay as they are, because runs and workflows may name them. */
export async function updateTemplate({
  ctx,
  input,
}: {
  ctx: ServiceContext
  input: UpdateTemplate
}): Promise<Template> {
  const actor = authorise(ctx, 'template:write')
  const { id, content, message } = parseInput(UpdateTemplate, input)
  checkContent(content)
  const now = ctx.app.clock.now()
  return await ctx.app.database.db.transaction(async (tx) => {
    // Raising the number locks the row, so that two who save at once get two versions.
    const [raised] = await tx
      .update(templates)
      .set({ version: sql`${templates.version} + 1`, updatedAt: now })
      .where(eq(templates.id, id))
      .returning({ version: templates.version })
    if (raised === undefined) throw noTemplate(id)
    await tx.insert(templateVersions).values({
      templateId: id,
      version: raised.version,
      content,
      message: message ?? null,
      createdBy: 'id' in actor ? actor.id : actor.kind,
      createdAt: now,
    })
    await audit(ctx, tx, { action: 'template.update', target: id, detail: { version: raised.version } })
    return await readTemplate(tx, id)
  })
}
