import type { z } from 'zod'
import type { ErrorCode } from '#lib/errors.ts'
import type { Permission } from '#lib/permissions.ts'
import type { ServiceContext } from '#server/services/context.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** Who may call: everyone; every key and person; or those with the permission (of several, one is enough). */
export type Access = 'public' | 'authenticated' | Permission | readonly [Permission, ...Permission[]]

/** What a run sets beside its answer. */
export interface Reply {
  /** One of the declared statuses; without it the first. */
  status(status: number): void
  header(name: string, value: string): void
}

/**
 * One REST operation, declared: the frame parses, authenticates and checks by it, and the OpenAPI document is made from
 * it. Bodies and queries are parsed strictly; the answer is held to `response`.
 */
export interface Endpoint {
  /** Unique, camelCase: the OpenAPI operation id. */
  readonly id: string
  readonly method: Method
  /** Below /api/v1, with `{name}` for parameters. */
  readonly path: string
  readonly tag: string
  readonly summary: string
  readonly description?: string
  readonly access: Access
  readonly params?: z.ZodObject
  /** Values are strings; empty ones count as absent. */
  readonly query?: z.ZodObject
  /** Request headers that matter, by their usual spelling. */
  readonly headers?: z.ZodObject
  readonly body?: z.ZodType
  /** Bytes; 1 MB unless told. */
  readonly bodyLimit?: number
  /** The first is the usual one. */
  readonly status: number | readonly [number, ...number[]]
  /** null: no body. `'stream'`: `run` returns a Response of its own, `text/event-stream`. */
  readonly response: z.ZodType | null | 'stream'
  /** Beside those that every operation can answer. */
  readonly errors?: readonly ErrorCode[]
  run(call: {
    readonly ctx: ServiceContext
    readonly params: unknown
    readonly query: unknown
    readonly headers: unknown
    readonly body: unknown
    readonly request: Request
    readonly reply: Reply
  }): Promise<unknown>
}

type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined
type Answer<R> = R extends z.ZodType ? z.input<R> : R extends 'stream' ? Response : unknown

interface Declaration<P, Q, H, B, R>
  extends Omit<Endpoint, 'params' | 'query' | 'headers' | 'body' | 'response' | 'run'> {
  readonly params?: P
  readonly query?: Q
  readonly headers?: H
  readonly body?: B
  readonly response: R
  run(call: {
    readonly ctx: ServiceContext
    readonly params: Parsed<P>
    readonly query: Parsed<Q>
    readonly headers: Parsed<H>
    readonly body: Parsed<B>
    readonly request: Request
    readonly reply: Reply
  }): Promise<Answer<R>>
}

/** Declares an operation; `run` sees what the schemas yield, and must answer what `response` takes. */
export function endpoint<
  R extends z.ZodType | null | 'stream',
  P extends z.ZodObject | undefined = undefined,
  Q extends z.ZodObject | undefined = undefined,
  H extends z.ZodObject | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
>(declaration: Declaration<P, Q, H, B, R>): Endpoint {
  return declaration
}
