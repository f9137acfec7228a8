import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { markdownToHtml } from './markdown.ts'

const STYLE = `:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem}
h3{margin-top:2.5rem;font-family:ui-monospace,monospace}h3:target{outline:2px solid;outline-offset:.5rem}
pre{overflow-x:auto;padding:.75rem 1rem;border:1px solid #8886;border-radius:6px}code{font:.875em/1.5 ui-monospace,monospace}
del,ins{text-decoration:none;display:inline-block;min-width:100%}del{background:#d7263d2b}ins{background:#1f9d552b}`

/** Each code of a diagnostic under an anchor of its own, for the links of editors and the command line. */
export async function diagnosticsPage(root: string): Promise<Response> {
  const text = await readFile(join(root, 'docs', 'diagnostics.md'), 'utf8')
  const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Scaff diagnostics</title>
<style>${STYLE}</style>
</head>
<body>
<main>
${markdownToHtml(text)}
</main>
</body>
</html>
`
  return new Response(page, {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    },
  })
}
