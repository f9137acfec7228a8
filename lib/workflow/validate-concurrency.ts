import type { WorkflowDefinition } from './definition.ts'
import type { Reporter } from './normalise-report.ts'
import type { SourceText } from './parse.ts'
import { concurrencySlots } from './requirements.ts'
import { providedBy } from './validate-provided.ts'
import { checkReferences } from './validate-references.ts'
import { checkSlots, type PlacedSlot } from './validate-slots.ts'

/** Namespaces that have nothing yet when a start decides whether its run may begin. */
const LATER: ReadonlySet<string> = new Set(['steps', 'run'])

/** The key by which runs take turns: it is read before there is a run, so it sees inputs, profile and static, and no step. */
export function checkConcurrency(
  definition: WorkflowDefinition,
  source: SourceText,
  sensitive: ReadonlySet<string>,
  reporter: Reporter,
): readonly PlacedSlot[] {
  const slots = checkSlots([], concurrencySlots(definition), source, reporter)
  for (const slot of slots) {
    for (const read of slot.reads.filter(({ root }) => LATER.has(root))) {
      const message = `${read.root} has nothing in it when a run starts. A key reads inputs, profile and static.`
      reporter.error('limits.key_too_early', message, slot.path, { range: slot.range(read.offset, read.length) })
    }
  }
  const atStart = slots.map((slot) => ({ ...slot, reads: slot.reads.filter(({ root }) => !LATER.has(root)) }))
  const names = { definition, steps: new Map(), provided: providedBy(definition, []), sensitive }
  checkReferences(atStart, names, reporter)
  return slots
}
