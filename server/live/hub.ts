import type { Sql } from '#server/db/client.ts'
import { EVENTS_CHANNEL } from '#server/engine/postgres/notifier.ts'
import type { App } from '#server/services/context.ts'

/**
 * Tells who watches that rows of a run changed. One LISTEN per process, whatever the number of watchers. A notification
 * only says "look": the rows are the truth, and every watcher looks by itself after `pollMs` as a net.
 */
export interface LiveHub {
  /** Watches one run, or (null) all. Close it when done. */
  watch(run_id: string | null): Watch
  /** Ends every watch and the LISTEN. */
  close(): Promise<void>
}

export interface Watch {
  /**
   * Resolves with true when it is time to look: something changed since the last call, or `pollMs` passed; with false
   * when the hub is closed or the signal aborted, and nothing more will come.
   */
  next(signal: AbortSignal): Promise<boolean>
  close(): void
}

interface Watcher {
  readonly run_id: string | null
  dirty: boolean
  wake: (() => void) | null
}

export interface LiveHubOptions {
  readonly pollMs: number
  readonly onError: (error: unknown) => void
}

export function createLiveHub(sql: Sql, { pollMs, onError }: LiveHubOptions): LiveHub {
  const watchers = new Set<Watcher>()
  let listening: Promise<{ unlisten(): Promise<void> } | null> | null = null
  let closed = false

  const notify = (matches: (watcher: Watcher) => boolean): void => {
    for (const watcher of watchers) {
      if (!matches(watcher)) continue
      watcher.dirty = true
      watcher.wake?.()
    }
  }
  const everyone = (): void => notify(() => true)
  const listen = (): void => {
    // Called again after each reconnect: what was missed in between is looked for at once.
    listening ??= sql
      .listen(
        EVENTS_CHANNEL,
        (run_id) => notify((w) => w.run_id === null || run_id === '' || w.run_id === run_id),
        everyone,
      )
      .catch((error: unknown) => {
        listening = null
        onError(error)
        return null
      })
  }

  return {
    watch(run_id) {
      // Dirty at first: what happened before the watch began is for the first look.
      const watcher: Watcher = { run_id, dirty: true, wake: null }
      watchers.add(watcher)
      if (!closed) listen()
      return {
        next: (signal) => look(watcher, signal, pollMs, () => closed || !watchers.has(watcher)),
        close: () => {
          watchers.delete(watcher)
          watcher.wake?.()
        },
      }
    },
    async close() {
      closed = true
      everyone()
      watchers.clear()
      const held = await listening
      await held?.unlisten()
    },
  }
}

async function look(watcher: Watcher, signal: AbortSignal, pollMs: number, over: () => boolean): Promise<boolean> {
  if (!watcher.dirty && !signal.aborted && !over()) {
    await new Promise<void>((resolve) => {
      const done = (): void => {
        clearTimeout(timer)
        signal.removeEventListener('abort', done)
        watcher.wake = null
        resolve()
      }
      const timer = setTimeout(done, pollMs)
      signal.addEventListener('abort', done)
      watcher.wake = done
    })
  }
  watcher.dirty = false
  return !signal.aborted && !over()
}

/** How long a watcher goes without looking when no notification comes. */
const POLL_MS = 5_000

declare global {
  var scaffLive: WeakMap<object, LiveHub> | undefined
}

/**
 * The process's one hub. On `globalThis`, because the bundles of a web process do not share module state and each would
 * hold a LISTEN of its own.
 */
export function liveHub(app: App): LiveHub {
  globalThis.scaffLive ??= new WeakMap()
  const held = globalThis.scaffLive.get(app.database)
  if (held) return held
  const hub = createLiveHub(app.database.sql, {
    pollMs: POLL_MS,
    onError: (error) => app.log.warn({ err: error }, 'no LISTEN for live updates; streams poll instead'),
  })
  globalThis.scaffLive.set(app.database, hub)
  return hub
}

/** Ends all streams, so that a process that stops need not wait for browsers; one that is opened later ends at once. */
export async function closeLiveHub(app: App): Promise<void> {
  await liveHub(app).close()
}
