import type { Document } from 'yaml'
import type { Json } from '../json.ts'
import { isStorable, UNSTORABLE_CHARACTERS } from '../storable.ts'
import { composeTokens } from './compose.ts'
import { type Diagnostic, formatPath, type SourcePath } from './diagnostics.ts'
import { type Cures, createCures } from './parse-cure.ts'
import { type Report, type TextProblem, toData, UNSTORABLE } from './parse-data.ts'
import { explain, lineAt } from './parse-explain.ts'
import { LIMITS, type Tokens, tokenise } from './parse-limits.ts'
import { createLocator, type Locator } from './parse-locate.ts'
import { isStructural, recover, tokenOf, type Wrong } from './parse-recover.ts'
import { createPositions, type Range } from './positions.ts'

/** A text as far as it can be read, with the way back from every value to its place in the text. */
export interface SourceText extends Locator {
  /** The edits that a cure comes to; undefined where none is sure to be right. */
  readonly cure: Cures
  readonly text: string
  readonly value: Json
  /** What could not be read, and stands in the value as null: nothing that is said of it would be true. */
  readonly broken: readonly SourcePath[]
}

export interface Parsed {
  /** null when nothing can be made of the text. Otherwise all that can be read, whatever the diagnostics say of the rest. */
  readonly source: SourceText | null
  readonly diagnostics: readonly Diagnostic[]
  /** What could be read however broken the rest; null where that is nothing. */
  readonly document: Document.Parsed | null
}

/** One mistake often brings a row of others with it; past these they help nobody. */
const MAX_PROBLEMS = 50

/** One bracket too many makes the parser stumble over all that follows: only the first few of these are its cause. */
const MAX_BROKEN = 3

/**
 * Reads one YAML 1.2 document (core schema; JSON is such a document too) into plain JSON. Whatever the parser only warns
 * of is an error here. Bounded in size, depth, number of values and in what aliases expand to. What is broken is left out,
 * so that the rest can be looked at.
 */
export function parseText(text: string, cutUp: (text: string) => Tokens = tokenise): Parsed {
  const positions = createPositions(text)
  const diagnostics: Diagnostic[] = []
  const report: Report = (problem) => {
    if (diagnostics.length < MAX_PROBLEMS) diagnostics.push(toDiagnostic(problem, positions))
  }
  const storable = blankUnstorable(text, report)
  const document = compose(storable, cutUp(storable), report)
  if (document === null) return { source: null, diagnostics, document }
  const readable = readableParts(storable, document, report)
  if (readable === null) return { source: null, diagnostics, document }
  const data = toData(readable.document, report)
  if (data === null) return { source: null, diagnostics, document }
  const broken = [...readable.broken, ...data.broken]
  const locator = createLocator(text, readable.document, positions)
  const cure = createCures(text, readable.document, positions)
  return { source: { text, value: data.value, broken, cure, ...locator }, diagnostics, document }
}

function blankUnstorable(text: string, report: Report): string {
  if (isStorable(text)) return text
  // In one go: a text may consist of nothing else.
  return text.replaceAll(UNSTORABLE_CHARACTERS, (_, at: number) => {
    report({ code: 'yaml.bad_character', message: UNSTORABLE, path: [], from: at, to: at + 1 })
    return ' '
  })
}

interface Readable {
  readonly document: Document.Parsed
  readonly broken: readonly SourcePath[]
}

/** The document without the parts that are no YAML, after saying so; null where these cannot be told from the others. */
function readableParts(text: string, document: Document.Parsed, report: Report): Readable | null {
  const tell = (error: Wrong, path: SourcePath, from: number, to: number) =>
    report({ ...explain(error, lineAt(text, from)), path, from, to })
  const structural = document.errors.filter(isStructural)
  const recovered = structural.length === 0 ? { document, broken: [] } : recover(text, structural)
  if (recovered === null) {
    for (const error of structural.slice(0, MAX_BROKEN)) tell(error, [], ...tokenOf(error, text))
    return null
  }
  for (const { error, path, from, to } of recovered.broken) tell(error, path, from, to)
  const readable = recovered.document
  for (const error of [...readable.errors, ...readable.warnings]) tell(error, [], ...error.pos)
  return { document: readable, broken: recovered.broken.map(({ path }) => path) }
}

function compose(text: string, cut: Tokens, report: Report): Document.Parsed | null {
  if (!cut.ok) {
    const [code, message] = PASSED[cut.limit]
    report({ code, message, path: [], from: cut.offset, to: cut.offset + 1 })
    return null
  }
  const [doc, second] = composeTokens(cut.tokens, text.length)
  if (
    !doc ||
    doc.contents === null ||
    ('source' in doc.contents && doc.contents.source === '' && doc.errors.length === 0)
  ) {
    const message = 'The file is empty. Begin with `name:` and `steps:`.'
    report({ code: 'yaml.empty', message, path: [], from: 0, to: 1 })
    return null
  }
  if (second) {
    const [from, to] = second.range
    const message = 'A file holds one workflow. Remove this second document.'
    report({ code: 'yaml.several_documents', message, path: [], from, to: Math.min(to, from + 3) })
  }
  for (const token of cut.tokens) {
    // `%YAML 1.1` would change what plain words mean, `%TAG` what tags do: there is nothing to say in one.
    if (token.type === 'directive') {
      const message = 'Directives are not used here. Remove this line; the file is read as YAML 1.2.'
      report({ code: 'yaml.directive', message, path: [], from: token.offset, to: token.offset + token.source.length })
    }
  }
  return doc
}

const PASSED = {
  bytes: ['yaml.too_large', `The file is larger than ${LIMITS.bytes / 1024} KiB. Split the workflow.`],
  depth: ['yaml.too_deep', `This is nested more than ${LIMITS.depth} levels deep. Write it flatter.`],
  nodes: [
    'yaml.too_many_nodes',
    `The file has more than ${LIMITS.nodes.toLocaleString('en')} values. Split the workflow.`,
  ],
} as const

function toDiagnostic(problem: TextProblem, positions: (from: number, to: number) => Range): Diagnostic {
  const { code, message, path, from, to, quote } = problem
  const range = positions(from, Math.max(to, from + 1))
  const fix = quote && {
    title: 'Put it in quotes',
    edits: [{ ...positions(quote.from, quote.to), newText: quote.newText }],
  }
  return { severity: 'error', code, message, path: formatPath(path), ...range, ...(fix ? { fix } : {}) }
}
