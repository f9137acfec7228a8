import { constants, secrets, templates } from '#drizzle/schema/index.ts'
import type { KnownSettings } from '#lib/workflow/validate-settings.ts'
import type { ServiceContext } from '../context.ts'

/** The names that workflows of this workspace can rely on: what validation warns about and a start requires. */
export async function knownSettings(ctx: ServiceContext): Promise<Required<KnownSettings>> {
  const { db } = ctx.app.database
  const [statics, stored, prompts] = await Promise.all([
    db.select({ name: constants.name, sensitive: constants.sensitive }).from(constants),
    db.select({ name: secrets.name }).from(secrets),
    db.select({ id: templates.id }).from(templates),
  ])
  return {
    statics: statics.map((row) => row.name),
    sensitive: statics.filter((row) => row.sensitive).map((row) => row.name),
    secrets: [...stored.map((row) => row.name), ...Object.keys(ctx.app.env.workflowSecrets)],
    templates: prompts.map((row) => row.id),
  }
}
