import type { JsonSchema } from '../../json.ts'
import type { StepCatalog } from '../catalog.ts'
import { HELPERS } from '../expressions/helpers.ts'
import type { Range } from '../positions.ts'
import { aboutType } from './complete-values.ts'
import { type Language, offsetAt, type TextPoint } from './language.ts'
import type { Meaning } from './meaning.ts'
import { kindOf, type Occurrence, occurrencesIn } from './occurrences.ts'
import { type OpenText, openText, signsOf } from './open-text.ts'
import { operandStart } from './operand.ts'
import type { ScalarAt } from './scalars.ts'
import { typeInWords } from './schema-parts.ts'
import { isStep } from './step-paths.ts'

export interface HoverText extends Range {
  /** Paragraphs of Markdown. */
  readonly docs: readonly string[]
}

/** What the word at a place means: a key, a step type, a step, a function, or a variable and who provides it. */
export function hover(point: TextPoint, language: Language): HoverText | null {
  const open = openText(point.text, language)
  if (open === null) return null
  const offset = offsetAt(point)
  for (const at of open.scalars(offset)) {
    const found = about(at, offset, open, language.catalog)
    if (found !== null) return found
  }
  return null
}

function about(at: ScalarAt, offset: number, open: OpenText, catalog: StepCatalog): HoverText | null {
  const [from = 0, to = 0] = at.node.range ?? []
  const said = (docs: readonly string[], begin = from, end = to): HoverText | null =>
    docs.length === 0 ? null : { ...open.range(begin, end), docs }
  const use = occurrencesIn(at, open).find((one) => one.from <= offset && offset <= one.to)
  if (use) {
    const start = use.as === 'word' || use.as === 'id' ? use.from : use.from - (use.start - pathStart(use))
    return said(aboutName(use), start, use.to)
  }
  const value = String(at.node.value)
  if (at.part === 'key') return said(aboutKey(value, at.schemas))
  const type = at.path.at(-1) === 'type' && isStep(at.path.slice(0, -1)) ? catalog.get(value) : undefined
  if (type) return said([`**${type.label}** \`${type.type}\``, aboutType(type)])
  return kindOf(at, value) === null ? null : aboutFunction(at, offset, open)
}

function aboutKey(word: string, here: readonly JsonSchema[]): readonly string[] {
  const said = (key: string) => here.map((schema) => schema[key]).find((value) => typeof value === 'string')
  const title = said('title')
  const description = said('description')
  const alias = said('x-alias')
  if (title === undefined && description === undefined) return []
  return [
    `**${String(title ?? word)}** \`${word}\``,
    ...(description === undefined ? [] : [String(description)]),
    ...(alias === undefined ? [] : [`Another way to write \`${String(alias)}\`.`]),
  ]
}

function aboutName(use: Occurrence): readonly string[] {
  const { meaning, as } = use
  if (as === 'id' || as === 'word') return [meaning.about ?? meaning.name]
  const value = String(use.at.node.value)
  const end = use.end + (as === 'key' ? (/^['"]\s*\]/.exec(value.slice(use.end))?.[0].length ?? 0) : 0)
  return [`\`${value.slice(pathStart(use), end)}\``, ...aboutMeaning(meaning)]
}

function aboutMeaning(meaning: Meaning): readonly string[] {
  const type = typeInWords(meaning.schema)
  return [
    ...(type === null ? [] : [sentence(type)]),
    meaning.about ?? sentence(meaning.from),
    ...(meaning.partly ? ['Only some of the ways that lead here provide it.'] : []),
  ]
}

/** Where the path begins that a name is the end of. */
function pathStart({ at, as, start, end }: Occurrence): number {
  if (as === 'key')
    return operandStart(String(at.node.value), start - 2 < 0 ? start : String(at.node.value).lastIndexOf('[', start))
  return operandStart(String(at.node.value), end)
}

/** A function where it is called, or behind a bar. */
function aboutFunction(at: ScalarAt, offset: number, open: OpenText): HoverText | null {
  const { text } = open.source
  const [from = 0, to = 0] = at.node.range ?? []
  if (signsOf(text, at.node) === null) return null
  const before = /\w*$/.exec(text.slice(from, offset))?.[0] ?? ''
  const after = /^\w*/.exec(text.slice(offset, to))?.[0] ?? ''
  const helper = HELPERS.get(before + after)
  const start = offset - before.length
  const end = offset + after.length
  const called = /^\s*\(/.test(text.slice(end, to)) || /\|\s*$/.test(text.slice(from, start))
  return helper && called ? { ...open.range(start, end), docs: [`\`${helper.signature}\``, helper.summary] } : null
}

function sentence(text: string): string {
  return `${text[0]?.toUpperCase() ?? ''}${text.slice(1)}.`
}
