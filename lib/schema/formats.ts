import { type FormatName, fullFormats } from 'ajv-formats/dist/formats.js'
import { checkPattern } from './pattern.ts'

/**
 * The formats that schemas may name, held in one table so that browser and server agree on every text. A Map, because a
 * format's name comes from outside: `constructor` must find nothing.
 */
export interface SchemaFormat {
  test(value: string): boolean
  /** Completes "must be …". */
  readonly label: string
}

/** Longer texts fit none of these; it bounds what the few non-linear expressions in the library can cost. */
const MAX_LENGTH = 2_048

const LABELS = {
  date: 'a date such as 2026-05-31',
  time: 'a time with its zone, such as 14:30:00Z',
  'date-time': 'a date and time with its zone, such as 2026-05-31T14:30:00Z',
  'iso-time': 'a time such as 14:30:00',
  'iso-date-time': 'a date and time such as 2026-05-31T14:30:00',
  duration: 'an ISO 8601 duration such as P3DT12H',
  email: 'an e-mail address such as name@example.com',
  hostname: 'a host name such as example.com',
  ipv4: 'an IPv4 address such as 192.0.2.1',
  ipv6: 'an IPv6 address such as 2001:db8::1',
  uri: 'an address such as https://example.com/page',
  'uri-reference': 'an address or part of one, such as /page',
  'uri-template': 'an address template such as /items/{id}',
  url: 'a web address such as https://example.com/page',
  uuid: 'a UUID such as 9f1c2c6e-3a52-4f0e-8a6b-0d5c1a2b3c4d',
  'json-pointer': 'a JSON Pointer such as /items/0',
  'relative-json-pointer': 'a relative JSON Pointer such as 1/name',
  byte: 'base64 text',
} as const satisfies Partial<Record<FormatName, string>>

function test(name: FormatName): (value: string) => boolean {
  const format = fullFormats[name]
  const check = typeof format === 'object' && 'validate' in format ? format.validate : format
  if (check instanceof RegExp) {
    // The flags of the library's own expressions carry no state (`g`, `y`), save that of `byte`, which resets its own.
    return (value) => value.length <= MAX_LENGTH && check.test(value)
  }
  if (typeof check !== 'function') throw new Error(`The format ${name} has no check.`)
  return (value) => value.length <= MAX_LENGTH && check(value as never) === true
}

/** With all letters of the world in the forms that addresses have for them. */
function asAscii(name: 'uri' | 'uri-reference'): (value: string) => boolean {
  const check = test(name)
  return (value) =>
    value.isWellFormed() && !/[\s"<>\\^`{|}]/.test(value) && check(encodeURI(value).replaceAll('%25', '%'))
}

function isWideHost(value: string): boolean {
  return URL.canParse(`http://${value}/`) && test('hostname')(new URL(`http://${value}/`).hostname)
}

export const FORMATS: ReadonlyMap<string, SchemaFormat> = new Map<string, SchemaFormat>([
  ...Object.entries(LABELS).map(([name, label]): [string, SchemaFormat] => [
    name,
    { test: test(name as FormatName), label },
  ]),
  ['regex', { test: (value) => checkPattern(value) === null, label: 'a regular expression without look-around' }],
  ['iri', { test: asAscii('uri'), label: LABELS.uri }],
  ['iri-reference', { test: asAscii('uri-reference'), label: LABELS['uri-reference'] }],
  ['idn-email', { test: (value) => /^[^\s@]{1,64}@[^\s@]{1,253}$/.test(value), label: LABELS.email }],
  ['idn-hostname', { test: isWideHost, label: LABELS.hostname }],
  // They say how a value is kept or where it comes from; what it must be, `type` says.
  ...['int32', 'int64', 'float', 'double', 'path', 'html-selector'].map((name): [string, SchemaFormat] => [
    name,
    { test: () => true, label: 'a value of that kind' },
  ]),
  ['password', { test: () => true, label: 'text' }],
  ['binary', { test: () => true, label: 'text' }],
])
