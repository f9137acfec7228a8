import { z } from 'zod'
import { VERSION } from '#lib/version.ts'
import type { App } from '#server/services/context.ts'
import { endpoint } from '../endpoint.ts'
import { endpoints } from '../endpoints.ts'
import { openApiDocument } from '../openapi.ts'

/** Not in `endpoints.ts`: it describes them. */
export const getOpenApi = endpoint({
  id: 'getOpenApi',
  method: 'GET',
  path: '/openapi.json',
  tag: 'meta',
  summary: 'The OpenAPI 3.1 document of this API',
  access: 'public',
  status: 200,
  response: z.record(z.string(), z.unknown()),
  run: async ({ ctx }) => documentOf(ctx.app),
})

/** Built once per App: it takes longer than any other answer of the API. */
const documents = new WeakMap<App, Record<string, unknown>>()

function documentOf(app: App): Record<string, unknown> {
  const known = documents.get(app)
  if (known !== undefined) return known
  const document = { ...openApiDocument(endpoints, { url: app.env.appUrl, version: VERSION }) }
  documents.set(app, document)
  return document
}
