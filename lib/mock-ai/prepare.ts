import { generateSync } from 'json-schema-faker'
import { KEYWORDS } from '#lib/schema/keywords.ts'
import { compilePattern } from '#lib/schema/pattern.ts'

type Keys = Readonly<Record<string, unknown>>

/** Samples of a pattern that are drawn and kept. */
const DRAWS = 60
const KEPT = 12

/**
 * Says in other words what json-schema-faker does not follow to the letter: a pattern with a length becomes a list of
 * fitting texts, and objects that need keys of a certain form get such keys by name. The result is only used for generating;
 * whether an instance fits is decided by the schema itself.
 */
export function prepareSchema(schema: Keys, seed: number): Keys {
  const result: Record<string, unknown> = {}
  const prepare = (sub: unknown) => (isKeys(sub) ? prepareSchema(sub, seed) : sub)
  for (const [key, value] of Object.entries(schema)) {
    const kind = KEYWORDS.get(key)
    if (kind === 'schema') result[key] = prepare(value)
    else if (kind === 'schemas' && Array.isArray(value)) result[key] = value.map(prepare)
    else if ((kind === 'schema_map' || kind === 'pattern_map') && isKeys(value)) {
      result[key] = Object.fromEntries(Object.entries(value).map(([name, sub]) => [name, prepare(sub)]))
    } else result[key] = value
  }
  if (typeof result.pattern === 'string' && !Array.isArray(result.enum)) {
    const samples = samplesOf(result.pattern, bound(result.minLength, 0), bound(result.maxLength, Infinity), seed)
    if (samples.length > 0) {
      delete result.pattern
      result.enum = samples
    }
  }
  nameKeys(result, seed)
  return result
}

/** Gives an object that needs properties beyond the named ones as many as it needs. */
function nameKeys(schema: Record<string, unknown>, seed: number): void {
  const patterns = isKeys(schema.patternProperties) ? Object.entries(schema.patternProperties) : []
  const named = isKeys(schema.properties) ? schema.properties : {}
  const missing = bound(schema.minProperties, 0) - Object.keys(named).length
  if (patterns.length === 0 && missing <= 0) return
  const added: Record<string, unknown> = {}
  const add = (keys: readonly string[], sub: unknown, count: number) => {
    for (const key of keys.slice(0, count)) if (!Object.hasOwn(named, key)) added[key] = sub
  }
  for (const [pattern, sub] of patterns) {
    const keys = samplesOf(pattern, 1, 40, seed).filter(
      (key) => !patterns.some(([other]) => other !== pattern && compilePattern(other).test(key)),
    )
    add(keys, sub, Math.max(1, missing))
  }
  const open = isKeys(schema.additionalProperties) ? schema.additionalProperties : { type: 'string' }
  if (patterns.length === 0 && missing > 0 && schema.additionalProperties !== false) {
    add(keyNames(schema.propertyNames, missing, seed), open, missing)
  }
  const keys = Object.keys(added)
  if (keys.length === 0) return
  schema.properties = { ...named, ...added }
  if (missing > 0)
    schema.required = [...(Array.isArray(schema.required) ? schema.required : []), ...keys.slice(0, missing)]
  delete schema.minProperties
}

function keyNames(rule: unknown, count: number, seed: number): string[] {
  if (isKeys(rule)) {
    if (Array.isArray(rule.enum)) return rule.enum.filter((name) => typeof name === 'string')
    if (typeof rule.pattern === 'string')
      return samplesOf(rule.pattern, bound(rule.minLength, 1), bound(rule.maxLength, 40), seed)
  }
  const width = isKeys(rule) ? bound(rule.minLength, 0) : 0
  return Array.from({ length: count }, (_, i) => `item_${i + 1}`.padEnd(width, '_'))
}

/** Texts that match the pattern and have such a length: drawn by the library, kept by the engine that will judge them. */
function samplesOf(pattern: string, least: number, most: number, seed: number): string[] {
  const judge = compilePattern(pattern)
  const drawn = new Set<string>()
  const sources = [...new Set([plain(pattern), plain(anchored(pattern)), plain(stretched(pattern, least))])]
  for (let i = 0; i < DRAWS && drawn.size < KEPT; i++) {
    for (const source of sources) {
      const text = generateSync({ type: 'string', pattern: source }, { seed: seed + i })
      if (typeof text !== 'string' || !judge.test(text)) continue
      const fitted = resize(text, least, most, judge.test)
      if (fitted !== null) drawn.add(fitted)
    }
  }
  return [...drawn]
}

/** The text, made longer or shorter where the pattern allows it; null where it does not. */
function resize(text: string, least: number, most: number, test: (text: string) => boolean): string | null {
  const size = [...text].length
  if (size >= least && size <= most) return text
  const filler = text.at(-1) ?? 'a'
  const candidates =
    size < least
      ? [
          text + filler.repeat(least - size),
          filler.repeat(least - size) + text,
          (text[0] ?? 'a').repeat(least - size) + text,
        ]
      : [[...text].slice(0, most).join(''), [...text].slice(-most).join('')]
  return candidates.find((candidate) => test(candidate)) ?? null
}

/** Unicode classes as letters and digits that belong to them: the generator does not know the classes. */
function plain(pattern: string): string {
  const ranges: Readonly<Record<string, string>> = {
    Lu: 'A-Z',
    Ll: 'a-z',
    L: 'a-zA-Z',
    N: '0-9',
    Nd: '0-9',
    P: '.,;',
    S: '+',
    Z: ' ',
    Zs: ' ',
  }
  return pattern.replace(/(\[[^\]]*)?\\p\{?(\w+)\}?/g, (whole, open: string | undefined, name: string) => {
    const range = ranges[name]
    if (range === undefined) return whole
    return open === undefined ? `[${range}]` : `${open}${range}`
  })
}

function anchored(pattern: string): string {
  return `^(?:${pattern.replace(/^\^|\$$/g, '')})$`
}

/** The same pattern with its open repetitions taken as often as the least length asks for. */
function stretched(pattern: string, least: number): string {
  return least < 2 ? pattern : pattern.replace(/(?<!\\)[*+](?!\+)/g, `{${Math.min(least, 1_000)}}`)
}

function bound(value: unknown, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise
}

function isKeys(value: unknown): value is Keys {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
