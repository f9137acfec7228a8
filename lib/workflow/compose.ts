import { Composer, type CST, type Document } from 'yaml'
import { type Tokens, tokenise } from './parse-limits.ts'

/** Composes the documents of a text from its tokens. What the parser stumbles over stands in their errors and warnings. */
export function composeTokens(tokens: readonly CST.Token[], end: number): Generator<Document.Parsed> {
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
  return composer.compose(tokens, true, end)
}

/**
 * As much of a YAML text as can be read, however broken the rest: for services that help while a text is being written.
 * What decides whether it is a workflow is `parseText`. null where it passes a limit or holds nothing.
 */
export function composeLoosely(text: string, cut: Tokens = tokenise(text)): Document.Parsed | null {
  if (!cut.ok) return null
  for (const doc of composeTokens(cut.tokens, text.length)) return doc
  return null
}
