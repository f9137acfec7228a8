import { Composer, type CST, type Document } from 'yaml'
import { type Tokens, tokenise } from './parse-limits.ts'

/** Composes the documents of a text from its tokens. What the parser stumbles over stands in their errors and warnings. */
export function composeTokens(tokens: readonly CST.Token[], end: number): readonly Document.Parsed[] {
  const composer = new Composer({
    version: '1.2',
    schema: 'core',
    stringKeys: true,
    resolveKnownTags: false,
    prettyErrors: false,
    logLevel: 'silent',
    // Compared pairwise by the library, which is quadratic; `toData` finds duplicates by lookup.
    uniqueKeys: false,
  })
  return withoutTraces(() => [...composer.compose(tokens, true, end)])
}

/** A hostile text has tens of thousands of errors, and where the library made each of them is most of what they cost. */
function withoutTraces<T>(work: () => T): T {
  const { stackTraceLimit } = Error
  Error.stackTraceLimit = 0
  try {
    return work()
  } finally {
    Error.stackTraceLimit = stackTraceLimit
  }
}

/**
 * As much of a YAML text as can be read, however broken the rest: for services that help while a text is being written.
 * What decides whether it is a workflow is `parseText`. null where it passes a limit or holds nothing.
 */
export function composeLoosely(text: string, cut: Tokens = tokenise(text)): Document.Parsed | null {
  if (!cut.ok) return null
  return composeTokens(cut.tokens, text.length)[0] ?? null
}
