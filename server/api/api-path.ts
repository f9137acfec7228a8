/** What lives under /api itself: sign-in by its library, the calls of our own pages, and the documentation. */
const OTHERS = /^\/api\/(?:auth(?!\/(?:login|refresh|logout)$)|trpc|docs)(?:\/|$)/

/**
 * Where in the API a path leads, as endpoints name it: `/api/v1/executions` is `/executions`, and so are `/api/executions`
 * and `/v1/executions`. null: not the API's.
 */
export function apiPath(pathname: string): string | null {
  const match = /^\/(?:api\/v1|api(?=\/)|v1)(\/.*|)$/.exec(pathname)
  if (match?.[1] === undefined || OTHERS.test(pathname)) return null
  return match[1].replace(/\/$/, '')
}
