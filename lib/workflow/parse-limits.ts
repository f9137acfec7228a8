import { type CST, Lexer, Parser } from 'yaml'

/** What a workflow text may be at most. Everything is bounded before it is turned into values. */
export const LIMITS = {
  bytes: 256 * 1024,
  depth: 32,
  nodes: 20_000,
  /** Characters of all texts together, aliases counted as often as they are used. */
  characters: 256 * 1024,
  steps: 500,
} as const

/** A node takes at most its scalar with a marker, an indicator and a separator. */
const TOKENS_PER_NODE = 4
/** Anchors, tags and directives: a workflow has few, and many on one value cost more than they say. */
const MAX_PROPERTIES = 2_000
/** The document itself and the scalar under way stand on the parser's stack beside the collections. */
const STACK_AROUND = 2

interface Counted {
  readonly significant: number
  readonly properties: number
}

export type Tokens =
  | ({ readonly ok: true; readonly tokens: readonly CST.Token[] } & Counted)
  | { readonly ok: false; readonly limit: 'bytes' | 'depth' | 'nodes'; readonly offset: number }

/**
 * Cuts the text into tokens, giving up as soon as a limit is passed: composing values from them is recursive, and the
 * costs of both grow with depth and number.
 */
export function tokenise(text: string): Tokens {
  if (exceeds(text)) return { ok: false, limit: 'bytes', offset: 0 }
  const parser = new Parser()
  const tokens: CST.Token[] = []
  let significant = 0
  let properties = 0
  for (const lexeme of new Lexer().lex(text)) {
    if (!isFiller(lexeme)) significant++
    if (isProperty(lexeme)) properties++
    const limit = passes({ significant, properties })
    if (limit !== null) return { ok: false, limit, offset: parser.offset }
    for (const token of parser.next(lexeme)) tokens.push(token)
    if (parser.stack.length > LIMITS.depth + STACK_AROUND) return { ok: false, limit: 'depth', offset: parser.offset }
  }
  for (const token of parser.end()) tokens.push(token)
  return { ok: true, tokens, significant, properties }
}

/** Whether a text is too long to be looked at. */
export function exceeds(text: string): boolean {
  return text.length > LIMITS.bytes || new TextEncoder().encode(text).length > LIMITS.bytes
}

/** The limit that so many tokens pass, if they do. */
export function passes({ significant, properties }: Counted): 'nodes' | null {
  return significant > LIMITS.nodes * TOKENS_PER_NODE || properties > MAX_PROPERTIES ? 'nodes' : null
}

function isProperty(lexeme: string): boolean {
  const first = lexeme[0]
  return first === '&' || first === '!' || first === '%'
}

function isFiller(lexeme: string): boolean {
  const first = lexeme[0]
  return first === ' ' || first === '\t' || first === '\n' || first === '\r' || first === '#'
}
