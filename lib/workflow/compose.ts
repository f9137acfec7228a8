import { Composer, type Document } from 'yaml'
import { tokenise } from './parse-limits.ts'

/**
 * As much of a YAML text as can be read, however broken the rest: for services that help while a text is being written.
 * What decides whether it is a workflow is `parseText`. null where it passes a limit or holds nothing.
 */
export function composeLoosely(text: string): Document.Parsed | null {
  const cut = tokenise(text)
  if (!cut.ok) return null
  const composer = new Composer({
    version: '1.2',
    schema: 'core',
    stringKeys: true,
    resolveKnownTags: false,
    prettyErrors: false,
    logLevel: 'silent',
    uniqueKeys: false,
  })
  for (const doc of composer.compose(cut.tokens, true, text.length)) return doc
  return null
}
