import { isJsonObject, type Json } from '#lib/json.ts'
import type { Scope } from '#lib/workflow/scope.ts'
import { jsonTextEncoder } from '#lib/workflow/templates/encoders.ts'
import { type Encoder, renderTemplate, renderValue } from '#lib/workflow/templates/render.ts'
import { CallError } from './call-error.ts'
import { readsSecret } from './secrets.ts'

export interface BuiltBody {
  readonly body: string | null
  /** What the body is where the author names no Content-Type; null: none is sent. */
  readonly contentType: string | null
  readonly secret: boolean
  /** As it is shown in the history: structured where it is structured. */
  readonly shown: Json
}

const JSON_TYPE = /^application\/([\w.+-]+\+)?json\b/i
const FORM_TYPE = /^application\/x-www-form-urlencoded\b/i

/** Begins with a list or object, not with a tag of the template language. */
const LOOKS_LIKE_JSON = /^\s*(\[|\{(?![{%#]))/

export function isJsonType(contentType: string): boolean {
  return JSON_TYPE.test(contentType)
}

/** Renders the body for where it lands: objects keep native types, texts are escaped as their Content-Type needs it. */
export function buildBody(body: Json | undefined, contentType: string | null, scope: Scope): BuiltBody {
  if (body === undefined || body === null) return { body: null, contentType: null, secret: false, shown: null }
  const secret = readsSecret(body)
  // A text that is exactly one expression may turn out to be an object, and is sent as one.
  const value = renderValue(body, scope)
  if (typeof body === 'string' && typeof value === 'string') return { ...textBody(body, contentType, scope), secret }
  if (contentType !== null && FORM_TYPE.test(contentType)) {
    return { body: formText(value), contentType, secret, shown: value }
  }
  return { body: JSON.stringify(value), contentType: contentType ?? 'application/json', secret, shown: value }
}

function textBody(source: string, declared: string | null, scope: Scope): Omit<BuiltBody, 'secret'> {
  const contentType = declared ?? (LOOKS_LIKE_JSON.test(source) ? 'application/json' : 'text/plain; charset=utf-8')
  if (isJsonType(contentType)) {
    const body = renderTemplate(source, scope, { encode: jsonEncoder() })
    return { body, contentType, shown: parsed(body) }
  }
  const body = renderTemplate(source, scope, FORM_TYPE.test(contentType) ? { encode: formEncoder } : {})
  return { body, contentType, shown: body }
}

const formEncoder: Encoder = (text) => encodeURIComponent(text.toWellFormed())

/** A backslash right in front of a value would escape the first character of what keeps that value inside its quotes. */
function jsonEncoder(): Encoder {
  const encode = jsonTextEncoder()
  return (text, roots, insertion) => {
    if (/(^|[^\\])(\\\\)*\\$/.test(insertion.preceding)) throw notJson('a backslash stands right before a value')
    return encode(text, roots, insertion)
  }
}

function parsed(body: string): Json {
  try {
    return JSON.parse(body)
  } catch (error) {
    throw notJson(error instanceof Error ? error.message : String(error))
  }
}

function notJson(why: string): CallError {
  return new CallError(
    'http.body_invalid',
    `The body is not JSON after its values were inserted (${why}). Write it as an object in the workflow instead of as a text, or set another Content-Type.`,
  )
}

function formText(value: Json): string {
  if (!isJsonObject(value)) {
    throw new CallError('http.body_invalid', 'A form body is written as an object of names and values.')
  }
  return new URLSearchParams(toPairs(value)).toString()
}

/** Names and values of a form or query: a list repeats its name, null leaves it out, an object has no agreed form. */
export function toPairs(fields: { readonly [name: string]: Json }): [string, string][] {
  return Object.entries(fields).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).flatMap((one): [string, string][] => {
      if (one === null) return []
      if (typeof one === 'object') {
        throw new CallError(
          'http.request_invalid',
          `The parameter ${name} is not a text, number or boolean. Name the value inside it, or use the filter tojson.`,
        )
      }
      return [[name, String(one)]]
    }),
  )
}
