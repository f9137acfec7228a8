/** What every page carries beside its policy. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  // Links of mails hold tokens: no other site learns where somebody came from.
  'referrer-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
  'cross-origin-opener-policy': 'same-origin',
}

/**
 * Only our own scripts, named by this request's nonce; nothing embeds us and nothing is loaded from elsewhere. Styles may
 * be inline, because positioned menus and toasts set them.
 */
export function contentSecurityPolicy(nonce: string | null): string {
  // React's development build evaluates code to rebuild server stacks.
  const development = process.env.NODE_ENV === 'development' ? " 'unsafe-eval'" : ''
  const scripts = nonce === null ? "'none'" : `'self' 'nonce-${nonce}' 'strict-dynamic'${development}`
  return [
    "default-src 'self'",
    `script-src ${scripts}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}
