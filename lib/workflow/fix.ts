import type { StepCatalog } from './catalog.ts'
import type { WorkflowDefinition } from './definition.ts'
import type { Diagnostic } from './diagnostics.ts'
import { applyEdits } from './edits.ts'
import { type Validation, validateWorkflow } from './validate.ts'
import type { KnownSettings } from './validate-settings.ts'

export interface FixedText {
  readonly text: string
  /** What was cured, in the order in which it was; positions are those of the text as it was then. */
  readonly fixed: readonly Diagnostic[]
  /** What is to be said of the text as it is now. */
  readonly validation: Validation
}

/** More than this many changes at once nobody looks through. */
const MOST_FIXES = 500

/**
 * Applies every fix that is safe, one after the other, until none is left. One for an error has to cure it; one for a
 * warning must not change what the workflow means, because a workflow that only warns is right as it is.
 */
export function fixText(text: string, catalog: StepCatalog, known: KnownSettings = {}): FixedText {
  const fixed: Diagnostic[] = []
  const refused = new Set<string>()
  let at: Checked = { text, validation: validateWorkflow(text, catalog, known) }
  while (fixed.length < MOST_FIXES) {
    const next = at.validation.diagnostics.find((each) => each.fix !== undefined && !refused.has(identity(each)))
    if (next === undefined) break
    const after = tried(at, next, catalog, known)
    if (after === null) refused.add(identity(next))
    else {
      fixed.push(next)
      at = after
    }
  }
  return { text: at.text, fixed, validation: at.validation }
}

interface Checked {
  readonly text: string
  readonly validation: Validation
}

/** The text with that fix; null where it is not safe. */
function tried(before: Checked, problem: Diagnostic, catalog: StepCatalog, known: KnownSettings): Checked | null {
  const text = applyEdits(before.text, problem.fix?.edits ?? [])
  const validation = validateWorkflow(text, catalog, known)
  const told = ({ diagnostics }: Validation) => diagnostics.filter(({ code }) => code === problem.code).length
  if (told(validation) >= told(before.validation)) return null
  const isSafe =
    problem.severity === 'error'
      ? broken(validation) <= broken(before.validation)
      : sameMeaning(before.validation.definition, validation.definition)
  return isSafe ? { text, validation } : null
}

/** Mistakes of the YAML itself: an edit that makes one has gone wrong. */
function broken({ diagnostics }: Validation): number {
  return diagnostics.filter(({ code }) => code.startsWith('yaml.')).length
}

function sameMeaning(before: WorkflowDefinition | null, after: WorkflowDefinition | null): boolean {
  return before !== null && JSON.stringify(before) === JSON.stringify(after)
}

function identity({ code, message, path }: Diagnostic): string {
  return JSON.stringify([code, message, path])
}
