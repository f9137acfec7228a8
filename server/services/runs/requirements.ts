import { and, eq, or } from 'drizzle-orm'
import { templateVersions } from '#drizzle/schema/index.ts'
import { type ErrorItem, ScaffError } from '#lib/errors.ts'
import type { WorkflowDefinition } from '#lib/workflow/definition.ts'
import { type Requirements, requirements } from '#lib/workflow/requirements.ts'
import type { ServiceContext } from '../context.ts'
import { knownSettings } from '../workflows/known-settings.ts'

/** Throws `workflow.settings_missing` with everything that is not configured: nothing runs half-configured. */
export async function requireSettings(ctx: ServiceContext, definition: WorkflowDefinition): Promise<void> {
  const errors = await missingSettings(ctx, definition)
  if (errors.length === 0) return
  const names = errors.map(({ path }) => path).join(', ')
  throw new ScaffError('workflow.settings_missing', `The workflow cannot start before this is configured: ${names}.`, {
    errors,
  })
}

/** Everything a definition needs and the workspace does not have, each with its cure; empty when it may start. */
export async function missingSettings(ctx: ServiceContext, definition: WorkflowDefinition): Promise<ErrorItem[]> {
  const needed = requirements(definition, ctx.app.catalog)
  if (needed.statics.length + needed.secrets.length + needed.templates.length === 0) return []
  const known = await knownSettings(ctx)
  return [
    ...absent(
      needed.statics,
      known.statics,
      'static',
      'Set this constant on the settings page or by PUT /settings/static.',
    ),
    ...absent(
      needed.secrets,
      known.secrets,
      'secrets',
      'Store this secret on the settings page or by PUT /settings/secrets.',
    ),
    ...(await absentTemplates(ctx, needed.templates, known.templates)),
  ]
}

function absent(needed: readonly string[], known: readonly string[], root: string, cure: string): ErrorItem[] {
  const there = new Set(known)
  return needed
    .filter((name) => !there.has(name))
    .map((name) => ({
      path: `${root}.${name}`,
      code: root === 'static' ? 'static.unset' : 'secret.unset',
      message: cure,
    }))
}

async function absentTemplates(
  ctx: ServiceContext,
  needed: Requirements['templates'],
  known: readonly string[],
): Promise<ErrorItem[]> {
  const pinned = await pinnedVersions(ctx, needed)
  return needed
    .filter(({ id, version }) => (version === null ? !known.includes(id) : !pinned.has(`${id}@${version}`)))
    .map(({ id, version }) => ({
      path: version === null ? `templates.${id}` : `templates.${id}@${version}`,
      code: 'template.unset',
      message: 'Create this template, or name one that there is.',
    }))
}

async function pinnedVersions(ctx: ServiceContext, needed: Requirements['templates']): Promise<ReadonlySet<string>> {
  const pins = needed.flatMap(({ id, version }) =>
    version === null ? [] : [and(eq(templateVersions.templateId, id), eq(templateVersions.version, version))],
  )
  if (pins.length === 0) return new Set()
  const { templateId, version } = templateVersions
  const rows = await ctx.app.database.db
    .select({ templateId, version })
    .from(templateVersions)
    .where(or(...pins))
  return new Set(rows.map((row) => `${row.templateId}@${row.version}`))
}
