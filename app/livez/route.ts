import { VERSION } from '#lib/version.ts'

export const dynamic = 'force-dynamic'

/** The process answers; whether it is of use is for `/readyz` to say. */
export function GET(): Response {
  return Response.json({ status: 'alive', version: VERSION }, { headers: { 'cache-control': 'no-store' } })
}
