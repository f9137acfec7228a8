import type { KnownSettings } from '#lib/workflow/validate-settings.ts'
import { authorise } from '../authorise.ts'
import type { ServiceContext } from '../context.ts'
import { knownSettings } from './known-settings.ts'

/** The same names for the editor, which checks a text where it is written. Names only, and only for those who write. */
export async function listKnownSettings({ ctx }: { ctx: ServiceContext }): Promise<Required<KnownSettings>> {
  authorise(ctx, 'workflow:create', 'workflow:update')
  return knownSettings(ctx)
}
