import type { TextEdit } from '../diagnostics.ts'
import { stepIdProblem } from '../names.ts'
import type { StepDraft } from '../normalise-step.ts'
import { parseText } from '../parse.ts'
import type { Range } from '../positions.ts'
import { validateWorkflow } from '../validate.ts'
import { type Language, offsetAt, type TextPoint } from './language.ts'
import { type Occurrence, occurrenceAt, occurrencesOf } from './occurrences.ts'
import { type OpenText, openText } from './open-text.ts'

/** A step's name under the cursor, and what it is called now. */
export interface Renamable extends Range {
  readonly name: string
}

export type Renaming = { readonly edits: readonly TextEdit[] } | Refusal
export interface Refusal {
  /** Why not, in a sentence. */
  readonly refused: string
}

/** What would be renamed at a place: only steps are, by any of their uses. */
export function renamableAt(point: TextPoint, language: Language): Renamable | Refusal {
  const found = stepUnder(point, language)
  if ('refused' in found) return found
  const { open, use, draft } = found
  return { ...open.range(use.from, use.to), name: draft.step.id }
}

/**
 * Gives the step under the cursor another id, wherever the text speaks of it: targets, tests, expressions and templates,
 * also where what its loop or branch gave is read by another name. Everything else stays to the letter. What the new text
 * would say otherwise than the old one refuses the whole.
 */
export function renameAt(point: TextPoint, to: string, language: Language): Renaming {
  const found = stepUnder(point, language)
  if ('refused' in found) return found
  const { open, draft } = found
  const id = to.trim()
  const problem = idProblem(id, draft, open)
  if (problem !== null) return { refused: problem }
  if (id === draft.step.id) return { edits: [] }
  const changes = changesOf(occurrencesOf(offsetAt(point), open), id)
  const text = applied(point.text, changes)
  const told = firstDifference(point.text, text, language)
  if (told !== null) return { refused: `Called ${id}, the workflow would not mean the same. ${told}` }
  return { edits: changes.map((change) => ({ ...open.range(change.from, change.to), newText: change.text })) }
}

interface StepUnder {
  readonly open: OpenText
  readonly use: Occurrence
  readonly draft: StepDraft
}

function stepUnder(point: TextPoint, language: Language): StepUnder | Refusal {
  const [broken] = parseText(point.text).diagnostics
  if (broken) {
    return {
      refused: `Not all uses can be found while parts of the text cannot be read. Line ${broken.line}: ${broken.message}`,
    }
  }
  const open = openText(point.text, language)
  const use = open && occurrenceAt(offsetAt(point), open)
  if (!open || !use?.meaning.step) return { refused: 'Only steps can be renamed. Put the cursor on the id of one.' }
  return { open, use, draft: use.meaning.step }
}

/** What plain YAML takes for something else than a text. */
const NO_TEXT: ReadonlySet<string> = new Set(['true', 'false', 'null'])

function idProblem(id: string, { step }: StepDraft, { facts }: OpenText): string | null {
  const problem = stepIdProblem(id)
  if (problem !== null) return problem
  const lower = id.toLowerCase()
  if (NO_TEXT.has(lower)) return `YAML does not read ${id} as a name. Choose another id.`
  const other = facts?.steps.find((draft) => draft.step.id === lower && draft.step.id !== step.id)
  return other ? `There is a step ${lower} already. Choose another id.` : null
}

interface Change {
  readonly from: number
  readonly to: number
  readonly text: string
}

function changesOf(uses: readonly Occurrence[], id: string): readonly Change[] {
  const byScalar = Map.groupBy(uses, ({ at }) => at.node)
  return [...byScalar].flatMap(([node, here]) => {
    const [first] = here
    if (first === undefined) return []
    const value = String(node.value)
    const parts = here.map((use) => writtenAs(use, value, id))
    // Brackets would end a plain text within brackets.
    if (first.at.flow && node.type === 'PLAIN' && parts.some(({ text }) => /[[\]]/.test(text))) {
      const [from = 0, to = 0] = node.range ?? []
      return [{ from, to, text: JSON.stringify(applied(value, parts)) }]
    }
    return parts.map(({ from, to, text }, i) => {
      const use = here[i] ?? first
      const quoted = node.type === 'QUOTE_SINGLE' ? text.replaceAll("'", "''") : text
      // Within a name every sign of the value is one of the text.
      return { from: use.from - (use.start - from), to: use.to + (to - use.end), text: quoted }
    })
  })
}

/** How a use of the step is written under its new id; a hyphen is read in brackets only. Offsets are the value's. */
function writtenAs({ as, start, end }: Occurrence, value: string, id: string): Change {
  if (!id.includes('-') || as === 'id' || as === 'word' || as === 'key') return { from: start, to: end, text: id }
  if (as === 'name') return { from: start, to: end, text: `runtime['${id}']` }
  return { from: value.lastIndexOf('.', start), to: end, text: `['${id}']` }
}

function applied(text: string, changes: readonly Change[]): string {
  let result = text
  for (const { from, to, text: written } of changes.toSorted((a, b) => b.from - a.from)) {
    result = result.slice(0, from) + written + result.slice(to)
  }
  return result
}

/** The first thing that is wrong with the one text and not with the other. */
function firstDifference(before: string, after: string, { catalog, known }: Language): string | null {
  const [old, now] = [before, after].map((text) => validateWorkflow(text, catalog, known).diagnostics)
  const codes = (old ?? []).map(({ code }) => code)
  for (const { code, message } of now ?? []) {
    const at = codes.indexOf(code)
    if (at < 0) return message
    codes.splice(at, 1)
  }
  return codes.length === 0 ? null : 'Something that is wrong now would not be found any more.'
}
