/** Stands for our own origin, whatever it is: nothing can be registered under it. */
const HERE = 'http://here.invalid'

// biome-ignore lint/suspicious/noControlCharactersInRegex: browsers drop these from an address, which joins what was apart
const DECEIVING = /[\u0000-\u0020\u007f-\u009f\\]/

/**
 * Where to go after signing in: a path on this site, else the start page. Another site is never reached, neither by
 * scheme, by `//host`, by a backslash, nor by a control character that a browser drops.
 */
export function safeReturnTo(path: string | null | undefined): string {
  if (!path?.startsWith('/') || path.startsWith('//') || DECEIVING.test(path) || !URL.canParse(path, HERE)) return '/'
  const url = new URL(path, HERE)
  return url.origin === HERE ? url.pathname.replace(/^\/+/, '/') + url.search + url.hash : '/'
}
