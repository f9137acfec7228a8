import type { WorkflowDefinition } from './definition.ts'
import type { Reporter } from './normalise-report.ts'
import type { StepDraft } from './normalise-step.ts'
import { missingStatic, neededSecret } from './requirements.ts'
import { didYouMean } from './suggest.ts'
import type { PlacedSlot } from './validate-slots.ts'

/** The names a workspace has configured. */
export interface KnownSettings {
  readonly statics?: readonly string[]
  /** Those of the constants that are marked sensitive. */
  readonly sensitive?: readonly string[]
  readonly secrets?: readonly string[]
  /** Ids of stored prompts. */
  readonly templates?: readonly string[]
}

/** Warns of what is not configured; a start will refuse as long as that is so. */
export function checkSettings(
  slots: readonly PlacedSlot[],
  steps: readonly StepDraft[],
  definition: WorkflowDefinition,
  known: KnownSettings,
  reporter: Reporter,
): void {
  const { statics, secrets, templates } = known
  for (const slot of slots) {
    if (reporter.full()) return
    for (const read of slot.reads) {
      const range = () => slot.range(read.offset, read.length)
      const constant = missingStatic(read, definition)
      if (statics && constant !== null && !statics.includes(constant)) {
        const hint = didYouMean(constant, [...Object.keys(definition.static), ...statics])
        const message = `The constant ${constant} is not set. Set it under Settings, or add it to static:. Until then no run starts.`
        reporter.warning('static.unset', message, slot.path, { range: range(), hint })
      }
      const secret = neededSecret(read)
      if (secrets && secret !== null && slot.secrets && !secrets.includes(secret)) {
        reporter.warning('secret.unset', unsetSecret(secret), slot.path, {
          range: range(),
          hint: didYouMean(secret, secrets),
        })
      }
    }
  }
  for (const [i, secret] of definition.secrets.entries()) {
    if (secrets && !secrets.includes(secret)) reporter.warning('secret.unset', unsetSecret(secret), ['secrets', i])
  }
  for (const { step, type, sound, at } of steps) {
    for (const { id, path } of (type && sound ? type.templates?.(step.config) : undefined) ?? []) {
      if (!templates || templates.includes(id)) continue
      const message = `There is no template ${id}. Create it under Templates. Until then no run starts.`
      reporter.warning('template.unset', message, at(path), { hint: didYouMean(id, templates) })
    }
  }
}

function unsetSecret(name: string): string {
  return `The secret ${name} is not set. Set it under Settings, or as SCAFF_SECRET_${name}. Until then no run starts.`
}
