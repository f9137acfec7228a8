import { docsAsset } from '#server/api/docs-page.ts'

export async function GET(_request: Request, context: { params: Promise<{ file: string }> }): Promise<Response> {
  return docsAsset((await context.params).file)
}
