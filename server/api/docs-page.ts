import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import swaggerUiFolder from 'swagger-ui-dist/absolute-path.js'

/** The files of swagger-ui-dist that the page loads; nothing else of the package is served. */
const ASSETS: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'favicon-32x32.png': 'image/png',
}

const START = `SwaggerUIBundle({
  url: '/api/v1/openapi.json',
  dom_id: '#docs',
  deepLinking: true,
  filter: true,
  tryItOutEnabled: true,
  persistAuthorization: false,
  validatorUrl: null,
})
`

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Scaff API</title>
<link rel="stylesheet" href="/docs/assets/swagger-ui.css">
<link rel="icon" href="/docs/assets/favicon-32x32.png">
</head>
<body>
<div id="docs"></div>
<noscript><p>These docs need JavaScript. The same is at <a href="/api/v1/openapi.json">/api/v1/openapi.json</a>.</p></noscript>
<script src="/docs/assets/swagger-ui-bundle.js"></script>
<script src="/docs/assets/start.js"></script>
</body>
</html>
`

const HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
}

/** The interactive docs: Swagger UI from our own files, nothing from elsewhere, no inline script. */
export function docsPage(): Response {
  return new Response(PAGE, { headers: { ...HEADERS, 'content-type': 'text/html; charset=utf-8' } })
}

export async function docsAsset(file: string): Promise<Response> {
  if (file === 'start.js') {
    return new Response(START, { headers: { ...HEADERS, 'content-type': 'text/javascript; charset=utf-8' } })
  }
  const type = Object.hasOwn(ASSETS, file) ? ASSETS[file] : undefined
  if (type === undefined) return new Response('There is no such file.', { status: 404, headers: HEADERS })
  const bytes = await readFile(join(swaggerUiFolder(), file))
  return new Response(bytes, {
    headers: { ...HEADERS, 'content-type': type, 'cache-control': 'public, max-age=86400' },
  })
}
