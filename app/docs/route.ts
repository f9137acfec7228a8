import { docsPage } from '#server/api/docs-page.ts'

export const dynamic = 'force-dynamic'

export function GET(): Response {
  return docsPage()
}
