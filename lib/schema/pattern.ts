import { RE2JS, RE2JSSyntaxException } from 're2js'

/**
 * User patterns run on RE2 everywhere: time linear in the text, whatever the pattern. The price is that look-around and
 * back-references do not exist, so `checkPattern` says so when a workflow is saved.
 */
export interface Pattern {
  readonly source: string
  /** Whether it matches anywhere in the text (as JSON Schema's `pattern`: not anchored). */
  test(text: string): boolean
}

const MAX_LENGTH = 1_000
const MAX_NESTING = 50
/** Instructions of the compiled program; matching costs at most text length × this. */
const MAX_PROGRAM = 3_000
const CACHE_SIZE = 500

const cache = new Map<string, Pattern>()

/** Compiles a pattern that `checkPattern` accepts; throws a sentence otherwise. */
export function compilePattern(source: string): Pattern {
  const known = cache.get(source)
  if (known !== undefined) return known
  const problem = checkPattern(source)
  if (problem !== null) throw new Error(problem)
  const program = compile(source)
  const pattern: Pattern = { source, test: (text) => program.test(text) }
  const oldest = cache.keys().next()
  if (cache.size >= CACHE_SIZE && !oldest.done) cache.delete(oldest.value)
  cache.set(source, pattern)
  return pattern
}

/** null when the pattern can be used, else a sentence that says what is wrong and what to write instead. */
export function checkPattern(pattern: string): string | null {
  if (pattern.length > MAX_LENGTH) {
    return `The pattern has ${pattern.length} characters; at most ${MAX_LENGTH} are allowed. Check several shorter fields instead.`
  }
  const construct = scan(pattern)
  if (construct !== null) return construct
  try {
    if (compile(pattern).programSize() > MAX_PROGRAM) return 'The pattern repeats too much. Use smaller counts.'
    // Both grammars must agree: what only RE2 knows, such as (?i), would mean something else to other readers of the schema.
    new RegExp(pattern)
    return null
  } catch (error) {
    return explain(error, pattern)
  }
}

function compile(source: string): RE2JS {
  return RE2JS.compile(RE2JS.translateRegExp(source))
}

/** Names what RE2 does not have, and bounds nesting before a recursive parser sees it. */
function scan(pattern: string): string | null {
  let nesting = 0
  let inClass = false
  for (let i = 0; i < pattern.length; i++) {
    const rest = pattern.slice(i, i + 4)
    if (rest.startsWith('\\')) {
      if (!inClass && /^\\[1-9k]/.test(rest)) {
        return `Back-references like ${/^\\k/.test(rest) ? '\\k<name>' : rest.slice(0, 2)} are not supported (character ${i + 1}). Write the repeated part out.`
      }
      i++
    } else if (inClass) {
      if (rest.startsWith(']')) inClass = false
    } else if (rest.startsWith('[')) inClass = true
    else if (rest.startsWith(')')) nesting--
    else if (rest.startsWith('(')) {
      if (/^\(\?<?[=!]/.test(rest)) {
        return `Look-ahead and look-behind like ${/^\(\?<?[=!]/.exec(rest)?.[0]}…) are not supported (character ${i + 1}). Use alternatives, or two fields.`
      }
      nesting++
      if (nesting > MAX_NESTING) return `The pattern nests groups more than ${MAX_NESTING} deep. Write it flatter.`
    }
  }
  return null
}

function explain(error: unknown, pattern: string): string {
  const syntax = error instanceof RE2JSSyntaxException ? error : null
  const reason = syntax?.error ?? (error instanceof Error ? error.message : String(error))
  if (reason.includes('invalid repeat count')) {
    return 'A count in the pattern is above 1,000, or its ends are the wrong way round. Use smaller counts, or minLength and maxLength.'
  }
  const at = syntax?.input ? pattern.indexOf(syntax.input) : -1
  const where = at < 0 ? '' : ` (character ${at + 1}, at ${syntax?.input})`
  return `The pattern is not a valid regular expression: ${reason}${where}.`
}
