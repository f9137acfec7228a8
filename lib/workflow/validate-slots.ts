import type { Slot } from './catalog.ts'
import { type Fix, type SourcePath, valueAt } from './diagnostics.ts'
import { type Inspection, inspectExpression } from './expressions/check.ts'
import type { Reference } from './expressions/references.ts'
import type { Reporter } from './normalise-report.ts'
import type { StepDraft } from './normalise-step.ts'
import type { SourceText } from './parse.ts'
import type { Range } from './positions.ts'
import { inspectTemplate } from './templates/check.ts'
import { itemNames } from './validate-scopes.ts'

/** One expression or template of a workflow, with its place in the author's text and what it reads. */
export interface PlacedSlot extends Omit<Slot, 'path'> {
  /** null: it belongs to the workflow itself. */
  readonly step: StepDraft | null
  readonly path: SourcePath
  readonly reads: readonly Reference[]
  /** It is the skip guard of its step, evaluated before anything else there. */
  readonly guard: boolean
  /** Whether it can be read at all. */
  readonly sound: boolean
  /** Where a part of the source stands in the text; all of it where the author wrote it in another form. */
  range(offset: number, length: number): Range
  /** An edit of a part; null where the author wrote it in another form. */
  fix(title: string, offset: number, length: number, text: string): Fix | undefined
}

/** Every slot of a step that can be read, and its skip guard. */
export function slotsOf(draft: StepDraft): readonly Slot[] {
  const { type, parts } = draft
  const slots = type && parts ? type.slots(parts.config) : []
  const own = slots.filter(({ path }) => !parts?.broken.has(String(path[0])))
  if (draft.step.when === null) return own
  return [...own, { path: GUARD, kind: 'expression', source: draft.step.when, secrets: false }]
}

const GUARD = ['when']

/** Checks the syntax of all slots; what they read is answered for those that have none wrong. */
export function checkSlots(
  steps: readonly StepDraft[],
  outputs: readonly Slot[],
  source: SourceText,
  reporter: Reporter,
): readonly PlacedSlot[] {
  const placed = [
    ...steps.flatMap((step) => slotsOf(step).map((slot) => place(slot, step, step.at(slot.path), source))),
    ...outputs.map((slot) => place(slot, null, slot.path, source)),
  ]
  return placed.map((slot) => {
    const { problems, reads } = inspect(slot)
    for (const { code, message, offset, length, hint, fix } of problems) {
      reporter.error(code, message, slot.path, {
        range: slot.range(offset, length),
        hint,
        fix: fix && slot.fix(fix.title, fix.offset, fix.length, fix.text),
      })
    }
    return { ...slot, reads, sound: problems.length === 0 }
  })
}

function inspect({ kind, source }: PlacedSlot): Inspection {
  if (kind === 'template') return inspectTemplate(source)
  const braces = /^\s*\{\{([\s\S]*)\}\}\s*$/.exec(source)
  if (!braces) return inspectExpression(source)
  const text = (braces[1] ?? '').trim()
  const message = 'This is an expression already. Write it without {{ }}.'
  const fix = { title: 'Remove the braces', offset: 0, length: source.length, text }
  return { problems: [{ code: 'expression.syntax', message, offset: 0, length: source.length, fix }], reads: [] }
}

function place(slot: Slot, step: StepDraft | null, path: SourcePath, source: SourceText): PlacedSlot {
  const names = [...(slot.names ?? []), ...(itemNames(step) ?? [])]
  const verbatim = valueAt(source.value, path) === slot.source
  return {
    ...slot,
    ...(names.length > 0 ? { names } : {}),
    step,
    path,
    reads: [],
    guard: slot.path === GUARD,
    sound: false,
    range: (offset, length) => (verbatim ? source.within(path, offset, length) : source.locate(path)),
    fix(title, offset, length, text) {
      const edit = verbatim ? source.edit(path, offset, length, text) : null
      return edit === null ? undefined : { title, edits: [edit] }
    },
  }
}
