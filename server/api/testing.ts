import { eq } from 'drizzle-orm'
import { apiKeys } from '#drizzle/schema/index.ts'
import type { Permission, Role } from '#lib/permissions.ts'
import { createApiKey } from '#server/services/api-keys/create.ts'
import { SYSTEM, type TestApp } from '#server/testing/app.ts'
import type { Endpoint } from './endpoint.ts'
import { serve } from './serve.ts'

export interface TestCall {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: string
  readonly headers?: Readonly<Record<string, string>>
  /** An object is sent as JSON with its content type, a text as it is. */
  readonly body?: unknown
  readonly key?: string
}

export interface TestAnswer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The parsed body; null where there is none. */
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever came
  readonly json: any
}

/** Calls one operation as a route handler would. */
export async function call(
  app: TestApp,
  endpoint: Endpoint,
  { params = {}, ...rest }: TestCall = {},
): Promise<TestAnswer> {
  const headers = new Headers(rest.headers)
  if (rest.key !== undefined) headers.set('authorization', `Bearer ${rest.key}`)
  if (rest.body !== undefined && !headers.has('content-type')) headers.set('content-type', 'application/json')
  const body = rest.body === undefined || typeof rest.body === 'string' ? rest.body : JSON.stringify(rest.body)
  const request = new Request(`http://test.invalid/api/v1${endpoint.path}${rest.query ?? ''}`, {
    method: endpoint.method,
    headers,
    ...(body === undefined ? {} : { body }),
  })
  const response = await serve(app, endpoint, request, params, { strictAnswers: true })
  if (response.headers.get('content-type')?.startsWith('text/event-stream')) {
    await response.body?.cancel()
    return { status: response.status, headers: response.headers, text: '', json: null }
  }
  const text = await response.text()
  return { status: response.status, headers: response.headers, text, json: text === '' ? null : JSON.parse(text) }
}

/** A key of a role; the owner's too, which no caller could make. */
export async function keyOf(app: TestApp, role: Role, scopes?: Permission[]): Promise<string> {
  const input = {
    name: `${role} key`,
    role: role === 'owner' ? ('admin' as const) : role,
    ...(scopes ? { scopes } : {}),
  }
  const { key, id } = await createApiKey({ ctx: app.context(SYSTEM), input })
  if (role === 'owner') await app.database.db.update(apiKeys).set({ role }).where(eq(apiKeys.id, id))
  return key
}
