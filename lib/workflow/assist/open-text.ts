import { type Document, isScalar, type Scalar } from 'yaml'
import { composeLoosely } from '../compose.ts'
import type { SourcePath } from '../diagnostics.ts'
import type { SourceText } from '../parse.ts'
import { toData } from '../parse-data.ts'
import { createLocator } from '../parse-locate.ts'
import { alignScalar } from '../parse-scalar.ts'
import { createPositions, type Range } from '../positions.ts'
import { type Facts, factsOf } from './facts.ts'
import { type Language, schemaFor } from './language.ts'
import { type Names, NO_NAMES } from './meaning.ts'
import { namesAt } from './names.ts'
import { type ScalarAt, scalarsOf } from './scalars.ts'

/** A text that may be half written, opened for questions about its places. */
export interface OpenText {
  readonly source: SourceText
  readonly facts: Facts | null
  readonly range: (from: number, to: number) => Range
  /** What can be read at a place of the document. */
  names(path: SourcePath): Names
  /** Everything of which the language says something; with an offset only what stands there. */
  scalars(offset?: number): readonly ScalarAt[]
}

/** null where nothing of it can be read. */
export function openText(text: string, language: Language): OpenText | null {
  const doc = composeLoosely(text, language.tokeniser?.read(text))
  if (doc === null) return null
  const range = createPositions(text)
  const source = sourceOf(text, doc, range)
  const facts = factsOf(source, language.catalog)
  const known = new Map<string, Names>()
  return {
    source,
    facts,
    range,
    names(path) {
      if (facts === null) return NO_NAMES
      const key = JSON.stringify(path)
      const names = known.get(key) ?? namesAt(facts, path, language.known ?? {})
      known.set(key, names)
      return names
    },
    scalars: (offset) => scalarsOf(doc, source.value, schemaFor(language.catalog), offset),
  }
}

/** What can be read of a text, for asking what its steps mean; problems are told elsewhere. */
function sourceOf(text: string, doc: Document.Parsed, range: OpenText['range']): SourceText {
  const data = toData(doc, () => undefined) ?? { value: null, broken: [] }
  return { text, ...data, cure: () => undefined, ...createLocator(text, doc, range) }
}

/** Where each sign of a text value stands in the whole text, and its end; null where that cannot be told. */
export function signsOf(text: string, node: Scalar): readonly number[] | null {
  if (!isScalar(node) || typeof node.value !== 'string' || !node.range) return null
  const [from, to] = node.range
  return alignScalar(node.value, text.slice(from, to), node.type)?.map((offset) => from + offset) ?? null
}
