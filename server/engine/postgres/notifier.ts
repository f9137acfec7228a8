import type { Queries } from '#server/db/client.ts'

/** Channel that tells web processes which runs have news. */
export const EVENTS_CHANNEL = 'scaff_events'
/** Channel that wakes workers. */
export const WORK_CHANNEL = 'scaff_work'

export interface Notifier {
  /** The run's rows changed. */
  changed(run_id: string): void
  /** There is work that no worker holds yet. */
  wake(): void
  /** Sends what is still gathered. */
  flush(): Promise<void>
}

/**
 * Notifications only say "look": the rows are the truth and everyone polls as a net. They are sent after the commit: the first
 * at once, so that nobody who is alone waits, and what follows within a moment together, because NOTIFY takes a lock of the
 * whole database at commit.
 */
export function createNotifier(sql: Queries, onError: (error: unknown) => void, gatherMs = 5): Notifier {
  let runs = new Set<string>()
  let work = false
  let timer: NodeJS.Timeout | null = null
  let sending: Promise<void> = Promise.resolve()
  let sentAt = -Infinity

  const send = async (): Promise<void> => {
    timer = null
    sentAt = performance.now()
    const ids = [...runs]
    const wakes = work ? [''] : []
    runs = new Set()
    work = false
    await sql`select pg_notify(channel, payload) from (
        select ${EVENTS_CHANNEL} as channel, unnest(${ids}::text[]) as payload
        union all select ${WORK_CHANNEL}, unnest(${wakes}::text[])) as news`
  }
  const schedule = (): void => {
    timer ??= setTimeout(
      () => {
        // Losing a hint costs a poll interval, never data.
        sending = send().catch(onError)
      },
      Math.max(0, gatherMs - (performance.now() - sentAt)),
    )
  }
  return {
    changed: (run_id) => {
      runs.add(run_id)
      schedule()
    },
    wake: () => {
      work = true
      schedule()
    },
    flush: async () => {
      if (timer) {
        clearTimeout(timer)
        sending = send().catch(onError)
      }
      await sending
    },
  }
}
