import { type GenerateOptions, generateSync } from 'json-schema-faker'
import type { Json, JsonSchema } from '#lib/json.ts'
import { estimateSize } from '#lib/schema/size.ts'
import { validateInterpreted } from '#lib/schema/validate-interpreted.ts'
import { prepareSchema } from './prepare.ts'
import { createProse } from './prose.ts'
import { createRandom, seedOf } from './random.ts'
import { unrollSchema } from './unroll.ts'

type Keys = Readonly<Record<string, unknown>>

const TRIES = 300
/** Characters that may be drawn for one answer, over all tries; the same on every machine, unlike a deadline. */
const EFFORT = 500_000
/** A schema whose full instance would be larger gets a lean one: what is required, and short lists. */
const LARGE = 20_000

/**
 * An instance of any schema that passed the gate, the same for the same seed, readable where the schema leaves room. Seeds
 * are tried until one fits; null when none of them does, as with a schema that nothing fits.
 */
export function makeInstance(schema: JsonSchema, prompt: string, seed: number): { readonly value: Json } | null {
  const lean = estimateSize(schema, 'full') > LARGE
  const full = lean ? null : unrollSchema(schema, false)
  const unrolled = full ?? unrollSchema(schema, true)
  if (unrolled === null) return null
  const prepared = prepareSchema(unrolled, seed)
  const manners = full === null ? LEAN : FULL
  let effort = EFFORT
  for (let i = 0; i < TRIES && effort > 0; i++) {
    const drawn = draw(prepared, prompt, seedOf(seed, i), manners[Math.min(i, manners.length - 1)])
    effort -= 100
    for (const candidate of drawn) {
      effort -= JSON.stringify(candidate).length
      if (validateInterpreted(schema, candidate).length === 0) return { value: candidate }
    }
  }
  return null
}

/** All of an answer is shown as long as it fits; then less and less of what is optional. */
const FULL: readonly GenerateOptions[] = [
  { alwaysFakeOptionals: true },
  { alwaysFakeOptionals: true },
  { optionalsProbability: 0 },
  { optionalsProbability: 0.5 },
]
const LEAN: readonly GenerateOptions[] = [{ optionalsProbability: 0, maxDefaultItems: 1 }]

/** Readable first, then as the library made it; nothing where it gave up. */
function draw(schema: Keys, prompt: string, seed: number, manner: GenerateOptions | undefined): Json[] {
  const options: GenerateOptions = { ...manner, seed, formats: FORMAT_SAMPLES, maxDepth: 200 }
  try {
    const raw = toJson(generateSync(schema, options))
    const readable = toJson(generateSync(schema, { ...options, outputTransform: writer(prompt, seed) }))
    return [readable, raw].filter((candidate) => candidate !== undefined)
  } catch {
    // The library refuses some combinations for some seeds; the next one is tried.
    return []
  }
}

function writer(prompt: string, seed: number): NonNullable<GenerateOptions['outputTransform']> {
  const prose = createProse(prompt, createRandom(seed))
  return (value, schema, path) => {
    if (typeof schema === 'boolean' || schema.enum !== undefined || schema.const !== undefined) return value
    const name = path.split('/').findLast((part) => part !== '' && !/^\d+$/.test(part)) ?? ''
    if (typeof value === 'string') {
      if (schema.format !== undefined || schema.pattern !== undefined) return value
      return prose.text(name, schema.minLength ?? 0, schema.maxLength ?? Number.POSITIVE_INFINITY)
    }
    if (typeof value === 'number' && schema.multipleOf === undefined && schema.exclusiveMinimum === undefined) {
      return prose.number(name, schema.minimum, schema.maximum, schema.type === 'integer')
    }
    return value
  }
}

type FormatSamples = NonNullable<GenerateOptions['formats']>

/** Formats the library does not make, or makes by another rule than ours. */
const FORMAT_SAMPLES: FormatSamples = {
  'iso-time': (random) => `${two(random.int(6, 20))}:${two(random.int(0, 59))}:00`,
  'iso-date-time': (random) =>
    `2026-${two(random.int(1, 12))}-${two(random.int(1, 28))}T${two(random.int(6, 20))}:00:00`,
  time: (random) => `${two(random.int(6, 20))}:${two(random.int(0, 59))}:00Z`,
  'date-time': (random) => `2026-${two(random.int(1, 12))}-${two(random.int(1, 28))}T${two(random.int(6, 20))}:00:00Z`,
  date: (random) => `2026-${two(random.int(1, 12))}-${two(random.int(1, 28))}`,
  duration: (random) => `P${random.int(1, 30)}D`,
  email: (random) => `${random.pick(['sarah', 'jonas', 'amira', 'leo', 'mei'])}${random.int(1, 999)}@example.com`,
  hostname: (random) => `${random.pick(['www', 'api', 'shop', 'docs'])}${random.int(1, 999)}.example.com`,
  uri: (random) => `https://example.com/pages/${random.int(1, 9999)}`,
  'uri-reference': (random) => `/pages/${random.int(1, 9999)}`,
  'uri-template': (random) => `/pages/{id}/${random.int(1, 9999)}`,
  url: (random) => `https://example.com/pages/${random.int(1, 9999)}`,
  'json-pointer': (random) => `/items/${random.int(0, 9999)}`,
  'relative-json-pointer': (random) => `${random.int(0, 9)}/name`,
  byte: (random) => btoa(`sample ${random.int(1, 9999)}`),
  regex: (random) => `^[a-z]{${random.int(1, 99)}}$`,
  password: (random) => `sample-${random.int(1000, 9999)}`,
  binary: (random) => `sample ${random.int(1, 9999)}`,
}

function two(n: number): string {
  return String(n).padStart(2, '0')
}

/** As it will be sent; undefined for what is no JSON. */
function toJson(value: unknown): Json | undefined {
  const text = JSON.stringify(value)
  return text === undefined ? undefined : JSON.parse(text)
}
