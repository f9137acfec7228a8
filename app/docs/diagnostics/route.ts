import { diagnosticsPage } from '#server/api/diagnostics-page.ts'

/** Made when the app is built, from the page beside the sources; what is built needs no sources. */
export const dynamic = 'force-static'

export function GET(): Promise<Response> {
  return diagnosticsPage(process.cwd())
}
