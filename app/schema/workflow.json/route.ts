import { languageSchemaResponse } from '#server/api/language-schema.ts'

export const dynamic = 'force-dynamic'

export function GET(request: Request): Response {
  return languageSchemaResponse(request)
}
