import type { TextEdit } from './diagnostics.ts'
import { parseText } from './parse.ts'
import { createPositions } from './positions.ts'

/** Wide enough that a field or option written in braces stays on its line. */
const LINE_WIDTH = 110

/**
 * Brings indentation, spacing and line breaks of a text into order, keeping comments and order. One edit that replaces the text; null where it is in order already, or cannot be read. What the text says never changes.
 */
export async function formatWorkflow(text: string): Promise<TextEdit | null> {
  const before = meaningOf(text)
  if (before === null) return null
  const formatted = looksLikeJson(text) ? formatJson(text) : await formatYaml(text)
  // The formatter is not ours: it may lay the text out, and nothing else.
  if (formatted === null || formatted === text || meaningOf(formatted) !== before) return null
  return { ...createPositions(text)(0, text.length), newText: formatted }
}

function meaningOf(text: string): string | null {
  const { source, diagnostics } = parseText(text)
  return source === null || diagnostics.length > 0 ? null : JSON.stringify(source.value)
}

function looksLikeJson(text: string): boolean {
  return text.trimStart().startsWith('{')
}

function formatJson(text: string): string | null {
  try {
    return `${JSON.stringify(JSON.parse(text), null, 2)}\n`
  } catch {
    // YAML in braces: there is no layout that is right for it.
    return null
  }
}

/** Loaded when somebody formats for the first time: it is larger than all the rest of the language. */
async function formatYaml(text: string): Promise<string | null> {
  const [{ format }, yaml] = await Promise.all([import('prettier/standalone'), import('prettier/plugins/yaml')])
  try {
    return await format(text, {
      parser: 'yaml',
      plugins: [yaml],
      printWidth: LINE_WIDTH,
      bracketSpacing: false,
      proseWrap: 'preserve',
      singleQuote: false,
    })
  } catch {
    return null
  }
}
