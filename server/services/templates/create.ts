import { templates, templateVersions } from '#drizzle/schema/index.ts'
import { CreateTemplate, type Template } from '#lib/contracts/templates.ts'
import { ScaffError } from '#lib/errors.ts'
import { audit } from '../audit.ts'
import { authorise } from '../authorise.ts'
import type { ServiceContext } from '../context.ts'
import { parseInput } from '../parse.ts'
import { checkContent } from './content.ts'
import { readTemplate } from './get.ts'

/** Stores a prompt under a name of its own, as version 1. */
export async function createTemplate({
  ctx,
  input,
}: {
  ctx: ServiceContext
  input: CreateTemplate
}): Promise<Template> {
  const actor = authorise(ctx, 'template:write')
  const { id, content, message } = parseInput(CreateTemplate, input)
  checkContent(content)
  const now = ctx.app.clock.now()
  return await ctx.app.database.db.transaction(async (tx) => {
    const created = await tx
      .insert(templates)
      .values({ id, version: 1, createdAt: now, updatedAt: now })
      .onConflictDoNothing()
      .returning({ id: templates.id })
    if (created.length === 0) {
      throw new ScaffError('template.exists', `There is a template ${id} already. Save a new version of it instead.`)
    }
    await tx.insert(templateVersions).values({
      templateId: id,
      version: 1,
      content,
      message: message ?? null,
      createdBy: 'id' in actor ? actor.id : actor.kind,
      createdAt: now,
    })
    await audit(ctx, tx, { action: 'template.create', target: id, detail: { version: 1 } })
    return await readTemplate(tx, id)
  })
}
