import type { YAMLError } from 'yaml'
import { composeLoosely } from './compose.ts'
import type { DiagnosticCode } from './diagnostic-codes.ts'
import type { TextProblem } from './parse-data.ts'
import { LIMITS } from './parse-limits.ts'
import type { Wrong } from './parse-recover.ts'
import { startOfLine } from './parse-regions.ts'

type Explanation = readonly [code: DiagnosticCode, message: string]

/** Codes of the library that people meet often, in words that say what to do. The others keep the library's sentence. */
const EXPLANATIONS: Readonly<Partial<Record<YAMLError['code'], Explanation>>> = {
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
const BY_MESSAGE: readonly (readonly [begin: string, explanation: Explanation])[] = [
  ['Flow ', ['yaml.syntax', 'A bracket or brace was opened and not closed. Close it.']],
  ['Missing closing ', ['yaml.syntax', 'A quote was opened and not closed. Close it.']],
  ['Implicit map keys', ['yaml.syntax', 'A key stands here without a colon. Write key: value.']],
]
const UNQUOTED: Explanation = [
  'yaml.unquoted_template',
  'Without quotes the braces of a template are read as a mapping. Put the whole text in quotes.',
]

/** A mistake of the parser's in our words; `line` is the text of the line where it begins, and where in the whole. */
export function explain({ code, message }: Wrong, line: Line): Pick<TextProblem, 'code' | 'message' | 'quote'> {
  const value = writtenValue(line.text)
  const quote = value && quoted(line, value)
  if (value?.text.startsWith('{{') && quote) return { code: UNQUOTED[0], message: UNQUOTED[1], quote }
  const [ours, sentence] = BY_MESSAGE.find(([begin]) => message.startsWith(begin))?.[1] ??
    EXPLANATIONS[code] ?? ['yaml.syntax', `This is not valid YAML: ${message}.`]
  return { code: ours, message: sentence, ...(quote && CURED_BY_QUOTES.has(code) ? { quote } : {}) }
}

const CURED_BY_QUOTES: ReadonlySet<YAMLError['code']> = new Set(['BAD_SCALAR_START', 'BLOCK_AS_IMPLICIT_KEY'])

interface Line {
  readonly text: string
  readonly from: number
}

export function lineAt(text: string, offset: number): Line {
  const from = startOfLine(text, offset)
  const end = text.indexOf('\n', from)
  return { text: text.slice(from, end < 0 ? text.length : end).replace(/\r$/, ''), from }
}

const ENTRY = /^(\s*(?:-\s+)*(?:[A-Za-z_][\w-]*\s*:\s+)?)(\S.*?)(\s+#.*)?\s*$/

/** The value that stands on a line, behind its dashes and key. */
function writtenValue(line: string): { readonly at: number; readonly text: string } | null {
  const [, before, text] = ENTRY.exec(line) ?? []
  return before === undefined || text === undefined ? null : { at: before.length, text }
}

/** The value in quotes, if that makes the line one that can be read. */
function quoted({ text: line, from }: Line, { at, text }: { readonly at: number; readonly text: string }) {
  // What goes on in the next line is not cured in this one.
  if (/^["'[|>&*!]/.test(text) || (text.startsWith('{{') && !text.includes('}}'))) return undefined
  const newText = /["\\]/.test(text) ? `'${text.replaceAll("'", "''")}'` : `"${text}"`
  const cured = line.slice(0, at) + newText + line.slice(at + text.length)
  const doc = composeLoosely(cured)
  if (doc === null || doc.errors.length > 0) return undefined
  return { from: from + at, to: from + at + text.length, newText }
}
