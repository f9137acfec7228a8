import { and, desc, eq } from 'drizzle-orm'
import { templateVersions } from '#drizzle/schema/index.ts'
import { GetTemplate, type Template, type TemplateVersion } from '#lib/contracts/templates.ts'
import { ScaffError } from '#lib/errors.ts'
import { variablesOf } from '#lib/steps/ai-generate/stored-template.ts'
import type { Tx } from '../audit.ts'
import { authorise } from '../authorise.ts'
import type { ServiceContext } from '../context.ts'
import { parseInput } from '../parse.ts'

/** A stored prompt in the named version, else in its newest. */
export async function getTemplate({ ctx, input }: { ctx: ServiceContext; input: GetTemplate }): Promise<Template> {
  authorise(ctx, 'template:read')
  const { id, version } = parseInput(GetTemplate, input)
  return await readTemplate(ctx.app.database.db, id, version)
}

export async function readTemplate(tx: Tx, id: string, version?: number): Promise<Template> {
  const versions = await tx
    .select({
      version: templateVersions.version,
      message: templateVersions.message,
      createdAt: templateVersions.createdAt,
    })
    .from(templateVersions)
    .where(eq(templateVersions.templateId, id))
    .orderBy(desc(templateVersions.version))
  const wanted = version === undefined ? versions[0] : versions.find((row) => row.version === version)
  if (wanted === undefined) throw noTemplate(id, versions.length === 0 ? undefined : version)
  const [row] = await tx
    .select({ content: templateVersions.content })
    .from(templateVersions)
    .where(and(eq(templateVersions.templateId, id), eq(templateVersions.version, wanted.version)))
  if (row === undefined) throw noTemplate(id, version)
  const { content } = row
  return {
    id,
    ...versionOf(wanted),
    content,
    variables: [...variablesOf(content)],
    versions: versions.map(versionOf),
  }
}

export function noTemplate(id: string, version?: number): ScaffError {
  const what = version === undefined ? `no template ${id}` : `no version ${version} of the template ${id}`
  return new ScaffError('template.not_found', `There is ${what}. List the templates to see what there is.`)
}

function versionOf(row: { version: number; message: string | null; createdAt: Date }): TemplateVersion {
  return { version: row.version, message: row.message, created_at: row.createdAt.toISOString() }
}
