import { createHash } from 'node:crypto'
import { stepCatalog } from '#lib/steps/definitions.ts'
import { languageSchema } from '#lib/workflow/language-schema.ts'

let made: { readonly body: string; readonly etag: string } | null = null

/** The language's JSON Schema, for editors: open to everybody, the same until the next release. */
export function languageSchemaResponse(request: Request): Response {
  made ??= make()
  const headers = {
    etag: made.etag,
    'cache-control': 'public, max-age=3600',
    // Editors in a browser read it from elsewhere; it holds nothing of anybody.
    'access-control-allow-origin': '*',
    'x-content-type-options': 'nosniff',
  }
  if (matches(request.headers.get('if-none-match'), made.etag)) return new Response(null, { status: 304, headers })
  return new Response(made.body, { headers: { ...headers, 'content-type': 'application/schema+json; charset=utf-8' } })
}

function make() {
  const body = JSON.stringify(languageSchema(stepCatalog))
  return { body, etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"` }
}

/** Caches on the way may mark it as weak. */
function matches(asked: string | null, etag: string): boolean {
  const tags = (asked ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  return tags.includes(etag) || tags.includes('*')
}
