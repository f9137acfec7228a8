import { z } from 'zod'
import { VERSION } from '#lib/version.ts'
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
  run: async ({ ctx }) => ({ ...openApiDocument(endpoints, { url: ctx.app.env.appUrl, version: VERSION }) }),
})
