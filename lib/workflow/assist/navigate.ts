import type { Range } from '../positions.ts'
import { type Language, offsetAt, type TextPoint } from './language.ts'
import { occurrenceAt, occurrencesOf } from './occurrences.ts'
import { openText } from './open-text.ts'

/** A place to go to, and the name that leads there. */
export interface Definition {
  readonly name: Range
  /** Several where it depends on the run's way. */
  readonly targets: readonly Range[]
}

/** Where the name at a place was written down: a step's id, the field or schema of a value, a constant, a secret. */
export function definitionAt(point: TextPoint, language: Language): Definition | null {
  const open = openText(point.text, language)
  const found = open && occurrenceAt(offsetAt(point), open)
  if (!open || !found || found.meaning.declared.length === 0) return null
  return {
    name: open.range(found.from, found.to),
    targets: found.meaning.declared.map(({ path, part }) => open.source.locate(path, part)),
  }
}

/** Every place that speaks of the same as the name at a place, its declaration first where that is not among them. */
export function referencesAt(point: TextPoint, language: Language): readonly Range[] {
  const open = openText(point.text, language)
  if (!open) return []
  const offset = offsetAt(point)
  const found = occurrencesOf(offset, open)
  const ranges = found.map(({ from, to }) => open.range(from, to))
  const declared = found[0]?.meaning.declared.map(({ path, part }) => open.source.locate(path, part)) ?? []
  const all = new Map([...declared, ...ranges].map((range) => [JSON.stringify(range), range]))
  return [...all.values()]
}
