import { setTimeout as pause } from 'node:timers/promises'

/** Something that goes on beside a proof. */
export interface Repeated {
  /** Waits for the last time. Rejects with what ended it before. */
  stop(): Promise<void>
}

/** Does something again and again, with a pause after each time. */
export function repeatedly(pauseMs: number, act: () => Promise<void>): Repeated {
  let stopping = false
  const going = (async () => {
    while (!stopping) {
      await act()
      await pause(pauseMs)
    }
  })()
  // Told when it is waited for.
  going.catch(() => {})
  return {
    async stop() {
      stopping = true
      await going
    },
  }
}
