import type { Instrumentation } from 'next'

/**
 * The web process's composition root: runs once, before any request. What it imports is imported here and not above,
 * because Next also loads this file where there is no Node and while it builds.
 */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs' || process.env.NEXT_PHASE === 'phase-production-build') return
  const { startWeb } = await import('#server/web.ts')
  await startWeb()
}

/** Defects of pages and routes that nobody caught. */
export const onRequestError: Instrumentation.onRequestError = async (error, request, context) => {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { logRequestError } = await import('#server/web.ts')
  logRequestError(error, { method: request.method, route: context.routePath, kind: context.routeType })
}
