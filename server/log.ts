import { DrizzleQueryError } from 'drizzle-orm'
import pino, { type DestinationStream } from 'pino'
import type { Json } from '#lib/json.ts'
import { createRedactor } from '#lib/redact.ts'

/** What every line may carry, so that all lines of a run can be found together. */
export interface LogFields {
  readonly request_id?: string
  readonly correlation_id?: string
  readonly workflow_id?: string
  readonly run_id?: string
  readonly step_id?: string
  readonly [field: string]: unknown
}

/** Structured JSON lines, redacted before they are written. `err` carries an Error with its causes. */
export interface Logger {
  debug(fields: LogFields, message: string): void
  info(fields: LogFields, message: string): void
  warn(fields: LogFields, message: string): void
  error(fields: LogFields, message: string): void
  child(fields: LogFields): Logger
}

export interface LoggerOptions {
  readonly level: string
  /** Which process speaks: web, worker, cli … */
  readonly service: string
  /** Values that must not be written, by the name that is written instead. */
  readonly secrets?: Readonly<Record<string, string>>
  /** Standard output unless told. */
  readonly destination?: DestinationStream
}

export function createLogger({ level, service, secrets, destination }: LoggerOptions): Logger {
  const redactor = createRedactor({ ...(secrets ? { secrets } : {}), patterns: true })
  const clean = (fields: LogFields): Record<string, unknown> => redactor.json(plain(fields) as Record<string, Json>)
  const wrap = (inner: pino.Logger): Logger => ({
    debug: (fields, message) => inner.debug(clean(fields), redactor.text(message)),
    info: (fields, message) => inner.info(clean(fields), redactor.text(message)),
    warn: (fields, message) => inner.warn(clean(fields), redactor.text(message)),
    error: (fields, message) => inner.error(clean(fields), redactor.text(message)),
    child: (fields) => wrap(inner.child(clean(fields))),
  })
  const options = {
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    // Errors are data already; pino's own serializer would flatten their causes.
    serializers: { err: (value: unknown) => value },
  }
  return wrap(destination ? pino(options, destination) : pino(options))
}

/** Levels of a logged value. Deeper ones, and those of a value that contains itself, are left out. */
const MAX_DEPTH = 12

/** Errors as data, with their causes; anything else as JSON sees it. */
function plain(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null)
    return ['string', 'number', 'boolean'].includes(typeof value) ? value : value === undefined ? null : String(value)
  if (depth > MAX_DEPTH) return '[…]'
  const inner = (part: unknown): unknown => plain(part, depth + 1)
  if (value instanceof Error) return { ...errorFields(value), ...errorCauses(value, inner) }
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString()
  if (Array.isArray(value)) return value.map(inner)
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, inner(part)]))
}

function errorFields(error: Error): Record<string, unknown> {
  const code = 'code' in error ? { code: String(error.code) } : {}
  const message = withoutParameters(error)
  const stack = error.stack?.replace(error.message, () => message) ?? null
  return { name: error.name, message, ...code, stack }
}

/** Drizzle puts the values of a failed query into its message: they are run data, and a log is no place for them. */
function withoutParameters(error: Error): string {
  return error instanceof DrizzleQueryError ? `Failed query: ${error.query}` : error.message
}

function errorCauses(error: Error, inner: (part: unknown) => unknown): Record<string, unknown> {
  return {
    ...(error.cause === undefined ? {} : { cause: inner(error.cause) }),
    ...(error instanceof AggregateError ? { errors: error.errors.map(inner) } : {}),
  }
}
