import { type ComponentType, type LazyExoticComponent, lazy } from 'react'

/** Between tries while there is a connection: a server that starts again is mostly back by then. */
const PAUSES_MS = [500, 1_500, 3_000]

/** A part of a page that is fetched when it is first shown; `preload` fetches it before. */
export type LazyPart<Props> = LazyExoticComponent<ComponentType<Props>> & { readonly preload: () => void }

/**
 * A part whose code comes after its page: `lazyPart(async () => (await import('./part.tsx')).Part)`. Stands inside a
 * `Suspense`; where its code does not come the nearest `error.tsx` says so.
 */
export function lazyPart<Props>(load: () => Promise<ComponentType<Props>>): LazyPart<Props> {
  const part = lazy(async () => ({ default: await patiently(load) }))
  // What does not come beforehand is asked for again when it is shown.
  return Object.assign(part, { preload: () => void load().catch(() => undefined) })
}

/**
 * Fetches code that comes after its page. Without a connection it waits for one: else a lost request would put an error
 * in place of a page that is there already. With one it asks a few times; what does not come then is gone, as after an
 * update of the server.
 */
export async function patiently<T>(load: () => Promise<T>): Promise<T> {
  const pauses = [...PAUSES_MS]
  for (;;) {
    await untilOnline()
    try {
      return await load()
    } catch (error) {
      if (isOffline()) continue
      const pause = pauses.shift()
      if (pause === undefined) throw error
      await new Promise((again) => setTimeout(again, pause))
    }
  }
}

/** False on the server, which has its code at hand. */
function isOffline(): boolean {
  return typeof window !== 'undefined' && !navigator.onLine
}

async function untilOnline(): Promise<void> {
  if (isOffline()) await new Promise((online) => window.addEventListener('online', online, { once: true }))
}
