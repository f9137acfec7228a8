import type { Json } from './json.ts'

/**
 * The one redactor, used before anything is logged or stored for people to look at, and before any truncation.
 * By value: each named secret, raw and in the encodings it travels in, becomes `[REDACTED:name]`.
 * By pattern: addresses, numbers and credentials become `[REDACTED_EMAIL]`, `_PHONE`, `_SSN`, `_PAN` or `[REDACTED]`.
 */
export interface Redactor {
  text(value: string): string
  /** Deep, keys included. */
  json<T extends Json>(value: T): T
}

export interface RedactorOptions {
  /** Name → value. Values shorter than four characters are left: they would eat ordinary text. */
  readonly secrets?: Readonly<Record<string, string>>
  /** Whether personal data and credentials are recognised by pattern too. */
  readonly patterns: boolean
}

const SHORTEST_SECRET = 4
/** In what comes from outside a short value may well be an ordinary word, which the workflow needs. */
const SHORTEST_ECHO = 8

/** The secrets that are looked for in what an other side answers. */
export function echoable(secrets: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(secrets).filter(([, value]) => value.length >= SHORTEST_ECHO))
}

export function createRedactor({ secrets = {}, patterns }: RedactorOptions): Redactor {
  const needles = Object.entries(secrets)
    .flatMap(([name, value]) =>
      value.length < SHORTEST_SECRET ? [] : spellings(value).map((text) => ({ name, text })),
    )
    // Longest first, so that a secret that contains another is named as itself.
    .sort((a, b) => b.text.length - a.text.length)
  const text = (value: string): string => {
    let result = value
    for (const needle of needles)
      if (result.includes(needle.text)) result = result.replaceAll(needle.text, `[REDACTED:${needle.name}]`)
    return patterns ? byPattern(result) : result
  }
  const json = (value: Json): Json => {
    if (typeof value === 'string') return text(value)
    if (Array.isArray(value)) return value.map(json)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [text(key), json(inner)]))
  }
  return { text, json: (value) => json(value) as typeof value }
}

/** The forms in which a value leaves a process: as it is, in JSON, in a URL, in base64 at each of three alignments. */
function spellings(value: string): string[] {
  const bytes = new TextEncoder().encode(value)
  const encodings = [
    value,
    JSON.stringify(value).slice(1, -1),
    encodeURIComponent(value),
    strictlyEncoded(value),
    // In the path of a url, where a secret may hold several segments.
    value.split('/').map(strictlyEncoded).join('/'),
    new URLSearchParams({ v: value }).toString().slice(2),
  ]
  return [...new Set([...encodings, ...base64Cores(bytes)])].filter((text) => text.length >= SHORTEST_SECRET)
}

/** As RFC 3986 has it: `encodeURIComponent` leaves some of the reserved characters. */
function strictlyEncoded(value: string): string {
  return encodeURIComponent(value).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
}

/** What of the base64 text does not depend on the bytes around the value, for each alignment and both alphabets. */
function base64Cores(bytes: Uint8Array): string[] {
  return [0, 1, 2].flatMap((shift) => {
    const padded = new Uint8Array(shift + bytes.length)
    padded.set(bytes, shift)
    const whole = btoa(String.fromCharCode(...padded)).replace(/=+$/, '')
    const start = shift === 0 ? 0 : shift + 1
    const end = (shift + bytes.length) % 3 === 0 ? whole.length : whole.length - 1
    const core = whole.slice(start, end)
    return core.length < 6 ? [] : [core, core.replaceAll('+', '-').replaceAll('/', '_')]
  })
}

const PATTERNS: readonly (readonly [RegExp, string | ((match: string) => string)])[] = [
  [/\bscf_[A-Za-z0-9_-]{16,}/g, '[REDACTED]'],
  // Dotted texts from their beginning on: begun at each `eyJ`, a long one without dots would be read again and again.
  [/(?<![\w-])[\w-]+(?:\.[\w-]*){2,}/g, withoutJwt],
  [/\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=-]{8,}/gi, '$1 [REDACTED]'],
  [/\b(?:sk|pk|rk|ghp|gho|xox[abp])[-_][A-Za-z0-9_-]{16,}/g, '[REDACTED]'],
  [/[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+/g, '[REDACTED_EMAIL]'],
  [/\b\d{3}-\d{2}-\d{4}\b/g, '[REDACTED_SSN]'],
  [/\b\d(?:[ -]?\d){12,18}\b/g, (match) => (isCardNumber(match) ? '[REDACTED_PAN]' : match)],
  [
    /(?<![\w.:-])\+?(?:\(\d{1,4}\)|\d{1,4})(?:[ -]?\(\d{1,4}\))?(?:[ -]\d{2,8}){1,4}(?![\w.:-])/g,
    (match) => (isPhoneNumber(match) ? '[REDACTED_PHONE]' : match),
  ],
  [/(?<![\w.-])\+\d{8,15}(?![\w.-])/g, '[REDACTED_PHONE]'],
]

function byPattern(text: string): string {
  return PATTERNS.reduce(
    (result, [pattern, replacement]) =>
      typeof replacement === 'string' ? result.replace(pattern, replacement) : result.replace(pattern, replacement),
    text,
  )
}

/** The part of a dotted text that looks like a JWT: its header begins with `{"`, in base64 `eyJ`, and two parts follow. */
function withoutJwt(text: string): string {
  const start = text.search(/(?<![A-Za-z0-9])eyJ/)
  const [header = '', body = '', signature] = text.slice(Math.max(0, start)).split('.')
  const isJwt = start >= 0 && header.length > 7 && body.length > 4 && signature !== undefined
  return isJwt ? `${text.slice(0, start)}[REDACTED]` : text
}

/** Seven to fifteen digits (E.164), and not a date. */
function isPhoneNumber(text: string): boolean {
  const digits = text.replace(/\D/g, '').length
  return digits >= 7 && digits <= 15 && !/^\d{4}-\d{2}-\d{2}$/.test(text)
}

/** Luhn's check digit, which every card number carries and few other numbers do. */
function isCardNumber(text: string): boolean {
  const digits = [...text.replace(/\D/g, '')].reverse().map(Number)
  const sum = digits.reduce((total, digit, i) => total + (i % 2 === 0 ? digit : digit * 2 - (digit > 4 ? 9 : 0)), 0)
  return digits.length >= 13 && sum % 10 === 0
}
