import { constants, secrets, templates } from '#drizzle/schema/index.ts'
import type { ServiceContext } from '../context.ts'

export interface KnownSettings {
  readonly statics: readonly string[]
  readonly secrets: readonly string[]
  readonly templates: readonly string[]
}

/** The names that workflows of this workspace can rely on: what validation warns about and a start requires. */
export async function knownSettings(ctx: ServiceContext): Promise<KnownSettings> {
  const { db } = ctx.app.database
  const [statics, stored, prompts] = await Promise.all([
    db.select({ name: constants.name }).from(constants),
    db.select({ name: secrets.name }).from(secrets),
    db.select({ id: templates.id }).from(templates),
  ])
  return {
    statics: statics.map((row) => row.name),
    secrets: [...stored.map((row) => row.name), ...Object.keys(ctx.app.env.workflowSecrets)],
    templates: prompts.map((row) => row.id),
  }
}
