import type { Json } from '../json.ts'
import type { Cure } from './diagnostics.ts'

/** A number or word where a text is expected, put in quotes; anything else is no slip of the pen. */
export function asText(written: Json): Cure | undefined {
  return typeof written === 'number' || typeof written === 'boolean' ? 'quote' : undefined
}

const FLAGS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['yes', true],
  ['on', true],
  ['false', false],
  ['no', false],
  ['off', false],
])

/** The words of YAML 1.1, and quotes around one of JSON, where true or false is expected. */
export function asFlag(written: Json): Cure | undefined {
  const flag = typeof written === 'string' ? FLAGS.get(written.trim().toLowerCase()) : undefined
  return flag === undefined ? undefined : { put: flag }
}

/** A number in quotes where a number is expected. */
export function asNumber(written: Json): Cure | undefined {
  const plain = typeof written === 'string' && /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?$/.test(written.trim())
  return plain ? { put: Number(written) } : undefined
}

/** Whether two values say the same. */
export function isSame(a: Json | undefined, b: Json | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
