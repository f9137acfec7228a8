/**
 * Cross-origin pages listed in `CORS_ORIGINS` may call the API with a key. Credentials are never allowed: no foreign
 * page acts with somebody's session.
 */
export function corsHeaders(allowed: readonly string[], request: Request): Record<string, string> {
  const origin = request.headers.get('origin')
  if (origin === null || !allowed.includes(origin)) return {}
  return {
    'access-control-allow-origin': origin,
    'access-control-expose-headers':
      'X-Request-Id, Location, ETag, Retry-After, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset',
    vary: 'Origin',
  }
}

export function preflight(allowed: readonly string[], request: Request, methods: readonly string[]): Response {
  const headers = new Headers({ allow: methods.join(', '), ...corsHeaders(allowed, request) })
  if (headers.has('access-control-allow-origin')) {
    headers.set('access-control-allow-methods', methods.join(', '))
    headers.set(
      'access-control-allow-headers',
      'Authorization, X-API-Key, Content-Type, Idempotency-Key, If-Match, Last-Event-ID, X-Request-Id',
    )
    headers.set('access-control-max-age', '600')
  }
  return new Response(null, { status: 204, headers })
}
