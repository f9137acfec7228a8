import { type Json, PROTOTYPE_KEYS } from '#lib/json.ts'
import type { Violation } from './prompt.ts'

/** Longer answers are refused rather than parsed; they would not fit a run's data either. */
const MAX_LENGTH = 1_000_000

/**
 * The JSON in a model's answer. A code fence around it and text outside of the fence are forgiven, because models add them
 * out of habit; anything else that is no JSON is a violation like any other.
 */
export function parseAnswer(text: string): { readonly value: Json } | { readonly violation: Violation } {
  const violation = (message: string) => ({ violation: { path: '', message } })
  if (text.length > MAX_LENGTH) return violation(`is longer than ${MAX_LENGTH.toLocaleString('en')} characters`)
  const source = unfence(text)
  let reserved: string | null = null
  try {
    const value: Json = JSON.parse(source, (key, item: unknown) => {
      if (PROTOTYPE_KEYS.has(key)) reserved ??= key
      return item
    })
    return reserved === null ? { value } : violation(`has a property named ${reserved}, which is reserved`)
  } catch (error) {
    return violation(`is not valid JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function unfence(text: string): string {
  const fenced = /```[a-zA-Z0-9]*[ \t]*\n([\s\S]*?)\n?[ \t]*```/.exec(text)
  const inner = fenced?.[1]
  return inner !== undefined && !/^\s*[[{"]/.test(text) ? inner : text
}
