import { ExpressionError } from '../expressions/errors.ts'
import type { Encoder } from './render.ts'

/** What an author or operator wrote, as against what people, models, events and other systems supply. */
const TRUSTED: ReadonlySet<string> = new Set(['static', 'env', 'secrets'])

/** Whether a value was made from nothing but constants and secrets. */
export function isTrusted(roots: ReadonlySet<string>): boolean {
  return [...roots].every((root) => TRUSTED.has(root))
}

/**
 * For a JSON text that is written as a template. Within quotes the value becomes part of that text; outside of them it
 * becomes a JSON value of its own. Make one for each rendering: it follows the quotes of what was rendered before.
 */
export function jsonTextEncoder(): Encoder {
  let scanned = 0
  let quoted = false
  return (text, _roots, { value, json, preceding }) => {
    for (; scanned < preceding.length; scanned++) {
      const char = preceding[scanned]
      if (quoted && char === '\\') scanned++
      else if (char === '"') quoted = !quoted
    }
    if (quoted) return JSON.stringify(text).slice(1, -1)
    return json ? text : JSON.stringify(value)
  }
}

/** One segment of a URL's path, or a value of its query. Dot segments are refused, because they climb even when encoded. */
export const encodeUrlSegment: Encoder = (text) => {
  if (text === '.' || text === '..') return refuse('A dot segment cannot stand in a URL.')
  if (!text.isWellFormed()) return refuse('The text holds half a character and cannot stand in a URL.')
  return encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
}

function refuse(message: string): never {
  throw new ExpressionError('template.value_refused', message, 0)
}
