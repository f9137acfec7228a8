import type { JsonSchema } from '../../json.ts'
import type { SourcePath } from '../diagnostics.ts'
import type { Declaration, Meaning } from './meaning.ts'
import { type OpenText, signsOf } from './open-text.ts'
import { idOf, meaningOfStep } from './outputs.ts'
import type { Use } from './read-node.ts'
import type { ScalarAt } from './scalars.ts'
import { usesInSource } from './source-uses.ts'
import { isStep } from './step-paths.ts'

/** A name in the text that stands for something. */
export interface Occurrence {
  readonly meaning: Meaning
  /** How it is written: as the id of a step itself, as a word that names one, or within an expression. */
  readonly as: 'id' | 'word' | Use['as']
  readonly at: ScalarAt
  /** Of the name, in offsets into the scalar's value. */
  readonly start: number
  readonly end: number
  /** The same in offsets into the text. */
  readonly from: number
  readonly to: number
}

/** The names in one scalar. */
export function occurrencesIn(at: ScalarAt, open: OpenText): readonly Occurrence[] {
  const { node } = at
  if (typeof node.value !== 'string') return []
  const { text } = open.source
  const signs = signsOf(text, node)
  if (signs === null) return []
  const place = (meaning: Meaning, as: Occurrence['as'], start: number, end: number): readonly Occurrence[] => {
    const [from, last] = [signs[start], signs[end - 1]]
    return from === undefined || last === undefined ? [] : [{ meaning, as, at, start, end, from, to: last + 1 }]
  }
  const named = stepNamed(at, node.value, open)
  if (named) {
    const start = node.value.length - node.value.trimStart().length
    return place(named.meaning, named.as, start, node.value.trimEnd().length)
  }
  const kind = kindOf(at, node.value)
  if (kind === null) return []
  const uses = usesInSource(node.value, kind, open.names(at.path))
  return uses.flatMap(({ meaning, as, offset, length }) => place(meaning, as, offset, offset + length))
}

/** The step that a scalar names by itself, as its own id, as a target or as a key of `tests`. */
function stepNamed(at: ScalarAt, value: string, { facts }: OpenText): Pick<Occurrence, 'meaning' | 'as'> | null {
  if (facts === null) return null
  const { path, part, schemas, around } = at
  const isId = part === 'value' && path.at(-1) === 'id' && isStep(path.slice(0, -1))
  const isWord =
    part === 'key'
      ? around.some(isByStep)
      : schemas.some(({ 'x-kind': kind }) => kind === 'step' || kind === 'any_step')
  if (!isId && !(isWord && !isReserved(at, value))) return null
  const id = value.trim().toLowerCase()
  const found = facts.steps.find((draft) => (isId ? samePath(idOf(draft).path, path) : draft.step.id === id))
  return found ? { meaning: meaningOfStep(found, facts.steps), as: isId ? 'id' : 'word' } : null
}

/** Whether the keys of a mapping are ids of steps. */
function isByStep(schema: JsonSchema): boolean {
  return schema['x-step-types'] !== undefined
}

/** Words that a place gives a meaning of its own, such as `reject` of an approval's `on_timeout`. */
function isReserved({ schemas, part }: ScalarAt, value: string): boolean {
  if (part === 'key') return false
  return schemas.some((one) =>
    [one.enum, one['x-words']].some((words) => Array.isArray(words) && words.includes(value)),
  )
}

/** How the language reads a text at this place; null where it is just text. */
export function kindOf({ schemas, part }: ScalarAt, value: string): 'expression' | 'template' | null {
  if (part === 'key') return null
  const kinds = new Set(schemas.map((one) => one['x-kind']))
  const filledIn = /\{[{%#]/.test(value)
  if (kinds.has('expression') || kinds.has('dynamic')) return filledIn ? 'template' : 'expression'
  return kinds.has('template') && filledIn ? 'template' : null
}

/** The name at an offset of the text, and what it stands for. */
export function occurrenceAt(offset: number, open: OpenText): Occurrence | null {
  for (const at of open.scalars(offset)) {
    const found = occurrencesIn(at, open).find(({ from, to }) => from <= offset && offset <= to)
    if (found) return found
  }
  return null
}

/** Every place that speaks of what stands at an offset, in the order of the text; nothing where that is no name. */
export function occurrencesOf(offset: number, open: OpenText): readonly Occurrence[] {
  const subject = subjectAt(offset, open)
  if (subject === null) return []
  return open
    .scalars()
    .flatMap((at) => occurrencesIn(at, open))
    .filter(({ meaning }) => isAbout(meaning, subject))
}

/** What a name is followed by: the step it is the id of, else the place where it was declared. */
type Subject = { readonly step: string } | { readonly declared: Declaration }

function subjectAt(offset: number, open: OpenText): Subject | null {
  const found = occurrenceAt(offset, open)
  if (found) {
    const { step, declared } = found.meaning
    if (step) return { step: step.step.id }
    return declared[0] === undefined ? null : { declared: declared[0] }
  }
  const [at] = open.scalars(offset)
  return at === undefined ? null : { declared: { path: at.path, part: at.part } }
}

function isAbout({ step, declared }: Meaning, subject: Subject): boolean {
  if ('step' in subject) return step?.step.id === subject.step
  return declared.some(({ path, part }) => part === subject.declared.part && samePath(path, subject.declared.path))
}

function samePath(a: SourcePath, b: SourcePath): boolean {
  return a.length === b.length && a.every((part, i) => part === b[i])
}
