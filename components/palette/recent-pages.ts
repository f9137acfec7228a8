export interface RecentPage {
  readonly href: string
  readonly title: string
}

const KEPT = 6
const STORE = 'scaff:recent'

/** Pages of one thing: sections are a key away anyway. */
const OF_ONE_THING = /^\/(workflows|runs|inbox|forms)\/(?!new$)[^/]+/

/** The pages after one more was seen, the latest first. */
export function withPage(pages: readonly RecentPage[], page: RecentPage): readonly RecentPage[] {
  if (page.title === '' || !OF_ONE_THING.test(page.href)) return pages
  return [page, ...pages.filter(({ href }) => href !== page.href)].slice(0, KEPT)
}

/** Kept for as long as the tab is open: the names of what one person worked on are not for the next at this computer. */
export function readRecent(): readonly RecentPage[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(STORE) ?? '[]')
    return Array.isArray(kept) ? kept.filter(isPage).slice(0, KEPT) : []
  } catch {
    return []
  }
}

export function rememberPage(page: RecentPage): void {
  try {
    sessionStorage.setItem(STORE, JSON.stringify(withPage(readRecent(), page)))
  } catch {
    // Where nothing can be kept there are no recent pages.
  }
}

export function forgetPages(): void {
  try {
    sessionStorage.removeItem(STORE)
  } catch {
    // Nothing was kept.
  }
}

function isPage(value: unknown): value is RecentPage {
  return (
    typeof value === 'object' &&
    value !== null &&
    'href' in value &&
    typeof value.href === 'string' &&
    OF_ONE_THING.test(value.href) &&
    'title' in value &&
    typeof value.title === 'string'
  )
}
