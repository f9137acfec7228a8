import type { Document, YAMLError } from 'yaml'
import type { Json } from '../json.ts'
import { findUnstorableCharacter } from '../storable.ts'
import { composeLoosely, composeTokens } from './compose.ts'
import type { DiagnosticCode } from './diagnostic-codes.ts'
import { type Diagnostic, formatPath } from './diagnostics.ts'
import { type Report, type TextProblem, toData, UNSTORABLE } from './parse-data.ts'
import { LIMITS, tokenise } from './parse-limits.ts'
import { createLocator, type Locator } from './parse-locate.ts'
import { createPositions, type Range } from './positions.ts'

/** A text that parsed, with the way back from every value to its place in the text. */
export interface SourceText extends Locator {
  readonly text: string
  readonly value: Json
}

export interface Parsed {
  /** null when the text is not one readable document; then the diagnostics say why. */
  readonly source: SourceText | null
  readonly diagnostics: readonly Diagnostic[]
  /** What could be read however broken the rest; null where that is nothing. */
  readonly document: Document.Parsed | null
}

/** One mistake often brings a row of others with it; past these they help nobody. */
const MAX_PROBLEMS = 50

/** One bracket too many makes the parser stumble over all that follows: only the first few of these are its cause. */
const FOLLOWED: ReadonlySet<string> = new Set(['yaml.syntax', 'yaml.indentation'])
const MAX_BROKEN = 3

/**
 * Reads one YAML 1.2 document (core schema; JSON is such a document too) into plain JSON. Whatever the parser only warns
 * of is an error here. Bounded in size, depth, number of values and in what aliases expand to.
 */
export function parseText(text: string): Parsed {
  const positions = createPositions(text)
  const diagnostics: Diagnostic[] = []
  const report: Report = (problem) => {
    if (diagnostics.length < MAX_PROBLEMS) diagnostics.push(toDiagnostic(problem, positions))
  }
  const unstorable = findUnstorableCharacter(text)
  if (unstorable !== null) {
    report({ code: 'yaml.bad_character', message: UNSTORABLE, path: [], from: unstorable, to: unstorable + 1 })
    return { source: null, diagnostics, document: composeLoosely(text) }
  }
  const document = compose(text, report)
  if (document === null) return { source: null, diagnostics, document }
  // Values taken from a text that is not well-formed would only bring follow-up problems.
  const value = diagnostics.length > 0 ? undefined : toData(document, report)
  if (value === undefined || diagnostics.length > 0) return { source: null, diagnostics, document }
  return { source: { text, value, ...createLocator(text, document, positions) }, diagnostics, document }
}

function compose(text: string, report: Report): Document.Parsed | null {
  const cut = tokenise(text)
  if (!cut.ok) {
    const [code, message] = PASSED[cut.limit]
    report({ code, message, path: [], from: cut.offset, to: cut.offset + 1 })
    return null
  }
  const docs = [...composeTokens(cut.tokens, text.length)]
  const [doc, second] = docs
  if (
    !doc ||
    doc.contents === null ||
    ('source' in doc.contents && doc.contents.source === '' && doc.errors.length === 0)
  ) {
    report({
      code: 'yaml.empty',
      message: 'The file is empty. Begin with `name:` and `steps:`.',
      path: [],
      from: 0,
      to: 1,
    })
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
  let broken = 0
  for (const problem of [...doc.errors, ...doc.warnings].map(explain)) {
    if (FOLLOWED.has(problem.code) && ++broken > MAX_BROKEN) continue
    report(problem)
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

/** Codes of the library that people meet often, in words that say what to do. The others keep the library's sentence. */
const EXPLANATIONS: Readonly<Partial<Record<YAMLError['code'], readonly [code: DiagnosticCode, message: string]>>> = {
  TAG_RESOLVE_FAILED: [
    'yaml.unknown_tag',
    'Tags like this one are not used here. Remove it and write the plain value.',
  ],
  NON_STRING_KEY: ['yaml.key_not_text', 'Keys are plain text. Write a name before the colon.'],
  RESOURCE_EXHAUSTION: ['yaml.too_deep', `This is nested more than ${LIMITS.depth} levels deep. Write it flatter.`],
  TAB_AS_INDENT: ['yaml.tab', 'Tabs cannot indent YAML. Use spaces.'],
  BAD_INDENT: ['yaml.indentation', 'The indentation does not fit what stands above. Align it with its neighbours.'],
  BAD_SCALAR_START: ['yaml.syntax', 'A plain text cannot begin with this character. Put the text in quotes.'],
  BLOCK_AS_IMPLICIT_KEY: [
    'yaml.syntax',
    'There are two colons on this line. Put the text after the first one in quotes.',
  ],
}

/** Where one code of the library covers several mistakes, its sentence tells them apart. */
const BY_MESSAGE: readonly (readonly [begin: string, explanation: readonly [code: DiagnosticCode, message: string]])[] =
  [
    ['Flow ', ['yaml.syntax', 'A bracket or brace was opened and not closed. Close it.']],
    ['Missing closing ', ['yaml.syntax', 'A quote was opened and not closed. Close it.']],
    ['Implicit map keys', ['yaml.syntax', 'A key stands here without a colon. Write key: value.']],
  ]

function explain({ code, message, pos }: YAMLError) {
  const [ours, sentence] = BY_MESSAGE.find(([begin]) => message.startsWith(begin))?.[1] ??
    EXPLANATIONS[code] ?? ['yaml.syntax', `This is not valid YAML: ${message}.`]
  return { code: ours, message: sentence, path: [], from: pos[0], to: pos[1] }
}

function toDiagnostic(problem: TextProblem, positions: (from: number, to: number) => Range): Diagnostic {
  const { code, message, path, from, to, hint } = problem
  const range = positions(from, Math.max(to, from + 1))
  return { severity: 'error', code, message, path: formatPath(path), ...range, ...(hint === undefined ? {} : { hint }) }
}
