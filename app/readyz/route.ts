import { VERSION } from '#lib/version.ts'
import { findApp } from '#server/api/app.ts'
import { checkHealth } from '#server/services/health/check.ts'

export const dynamic = 'force-dynamic'

/** Whether runs would be worked on: process, database, migrations, worker. */
export async function GET(): Promise<Response> {
  const app = findApp()
  const health = app === null ? { ready: false, checks: { process: 'it is starting' } } : await checkHealth(app)
  return Response.json(
    { status: health.ready ? 'ready' : 'not ready', version: VERSION, checks: health.checks },
    { status: health.ready ? 200 : 503, headers: { 'cache-control': 'no-store' } },
  )
}
