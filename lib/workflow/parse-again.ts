import type { CST } from 'yaml'
import { exceeds, passes, type Tokens, tokenise } from './parse-limits.ts'

/** Cuts texts into tokens, one after the other that mostly differ little. */
export interface Tokeniser {
  /** Keeps the text as the one that the next is held against. */
  read(text: string): Tokens
  /** Does not: for a text that is made for one question. */
  peek(text: string): Tokens
}

/** A list of steps with fewer is read anew. */
const LEAST_STEPS = 8

/**
 * Reads of a text only the steps that differ from those of the last one; the others keep their tokens. What it answers is
 * what `tokenise` answers. Reading a long text is most of what an editor's question costs.
 */
export function createTokeniser(): Tokeniser {
  let last: Base | null = null
  const peek = (text: string): Tokens => {
    if (last === null) return tokenise(text)
    return text === last.text ? last.tokens : (again(last, text) ?? tokenise(text))
  }
  return {
    peek,
    read(text) {
      const tokens = peek(text)
      last = baseOf(text, tokens)
      return tokens
    },
  }
}

/** A text that is one document with a list of steps, and where each of them begins. */
interface Base {
  readonly text: string
  readonly tokens: Extract<Tokens, { readonly ok: true }>
  /** The document's place among the tokens, and that of `steps` among its keys. */
  readonly at: { readonly document: number; readonly steps: number }
  readonly items: CST.BlockSequence['items']
  /** Where each step begins, and where the last one ends. */
  readonly bounds: readonly number[]
}

function baseOf(text: string, tokens: Tokens): Base | null {
  if (!tokens.ok || tokens.tokens.some(({ type }) => type === 'error')) return null
  const document = tokens.tokens.findIndex(({ type }) => type === 'document')
  const found = stepsOf(tokens.tokens, document)
  if (found === null || found.list.items.length < LEAST_STEPS) return null
  const { list, steps, end } = found
  const bounds = [list.offset, ...list.items.slice(1).map((item) => item.start[0]?.offset ?? -1), end ?? text.length]
  // Each begins where the one before ends; a list that looks otherwise is none of ours.
  if (bounds.some((bound, i) => i > 0 && bound <= (bounds[i - 1] ?? 0))) return null
  return { text, tokens, at: { document, steps }, items: list.items, bounds }
}

interface StepList {
  readonly list: CST.BlockSequence
  readonly steps: number
  /** Where what follows it begins; null: nothing does. */
  readonly end: number | null
}

function stepsOf(tokens: readonly CST.Token[], document: number): StepList | null {
  const doc = tokens[document]
  if (doc?.type !== 'document' || doc.value?.type !== 'block-map' || !doc.value.items.every(isRegular)) return null
  const steps = doc.value.items.findIndex(({ key }) => key?.type === 'scalar' && key.source === 'steps')
  const pair = doc.value.items[steps]
  if (pair?.value?.type !== 'block-seq') return null
  const next = doc.value.items[steps + 1]
  const after = next ? (next.start[0] ?? next.key ?? next.sep?.[0]) : (doc.end?.[0] ?? tokens[document + 1])
  if (next && after === undefined) return null
  return { list: pair.value, steps, end: after === undefined ? null : after.offset }
}

/** Whether a key is one word with its colon: where one is missing, what follows is read in other ways. */
function isRegular({ key, sep }: CST.BlockMap['items'][number]): boolean {
  return key?.type === 'scalar' && !key.source.includes('\n') && sep?.[0]?.type === 'map-value-ind'
}

/** null where the text differs in more than some steps, or where these cannot be read apart from the others. */
function again(base: Base, text: string): Tokens | null {
  const { bounds, items, at } = base
  const span = changedSteps(base, text)
  if (span === null) return null
  const { from, to } = span
  const grown = text.length - base.text.length
  const second = bounds[1] ?? 0
  const head = bounds[Math.max(from, 1)] ?? 0
  const tail = bounds[to] ?? 0
  const end = bounds.at(-1) ?? 0
  // What is around the steps, the first of them, and those that differ with one on each side that does not.
  const read = tokenise(text.slice(0, second) + text.slice(head, tail + grown) + text.slice(end + grown))
  if (!read.ok || read.tokens.some(({ type }) => type === 'error')) return null
  const significant = base.tokens.significant + read.significant
  const properties = base.tokens.properties + read.properties
  // Counted too high rather than too low: once it might be too much, the text is read anew.
  if (passes({ significant, properties }) !== null || exceeds(text)) return null
  const found = stepsOf(read.tokens, at.document)
  if (found === null || found.steps !== at.steps) return null
  const shift = head - second
  const anew = found.list.items
  const kept = from === 0 ? [] : [[anew[0], items[0], 0] as const, [anew[1], items[from], shift] as const]
  const after = to === items.length ? [] : [[anew.at(-1), items[to - 1], shift - grown] as const]
  // What surrounds the change must be what it was: a quote that was opened there goes on into the others.
  if (![...kept, ...after].every(([now, before, by]) => isSame(now, before, by))) return null
  const list: CST.BlockSequence = {
    ...found.list,
    items: [
      ...items.slice(0, from),
      ...anew.slice(from === 0 ? 0 : 1).map((item) => moved(item, shift)),
      ...items.slice(to).map((item) => moved(item, grown)),
    ],
  }
  const rest = text.length - (second + tail + grown - head + text.length - end - grown)
  const tokens = read.tokens.map((token, i) => {
    if (i < at.document) return token
    return i > at.document ? moved(token, rest) : withSteps(token, found.steps, list, rest)
  })
  return { ok: true, tokens, significant, properties }
}

/** The steps in which two texts differ, with one that does not on each side; null where they differ elsewhere. */
function changedSteps({ text: old, bounds, items }: Base, text: string): { from: number; to: number } | null {
  const least = Math.min(old.length, text.length)
  let begin = 0
  while (begin < least && old.charCodeAt(begin) === text.charCodeAt(begin)) begin++
  let behind = 0
  while (
    behind < least - begin &&
    old.charCodeAt(old.length - 1 - behind) === text.charCodeAt(text.length - 1 - behind)
  )
    behind++
  const end = old.length - behind
  // Behind the first dash, and before whatever follows the list.
  if (begin <= (bounds[0] ?? 0) || end > (bounds.at(-1) ?? 0)) return null
  const first = bounds.findLastIndex((bound) => bound < begin)
  const next = bounds.findIndex((bound) => bound >= end)
  return { from: Math.max(0, Math.min(first, items.length - 1) - 1), to: Math.min(next + 1, items.length) }
}

/** A document with another list of steps; what follows these moves. */
function withSteps(token: CST.Token, steps: number, list: CST.BlockSequence, by: number): CST.Token {
  if (token.type !== 'document' || token.value?.type !== 'block-map') return token
  const items = token.value.items.map((item, i) => {
    if (i < steps) return item
    return i > steps ? moved(item, by) : { ...item, value: list }
  })
  return {
    ...token,
    value: { ...token.value, items: items as CST.BlockMap['items'] },
    ...(token.end ? { end: token.end.map((one) => moved(one, by)) } : {}),
  }
}

/** The same token, or part of one, so many characters further on. */
function moved<T>(part: T, by: number): T {
  if (by === 0 || typeof part !== 'object' || part === null) return part
  if (Array.isArray(part)) return part.map((one: unknown) => moved(one, by)) as T
  const copy: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(part)) {
    copy[key] = key === 'offset' && typeof value === 'number' ? value + by : moved(value, by)
  }
  return copy as T
}

/** Whether two tokens say the same, the first of them so many characters before the second. */
function isSame(now: unknown, before: unknown, by: number): boolean {
  if (now === undefined || before === undefined) return false
  return JSON.stringify(moved(now, by)) === JSON.stringify(before)
}
