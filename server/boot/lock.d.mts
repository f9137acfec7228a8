export interface Holder {
  readonly pid: number
  /** What the holder does with it, in a word of the caller's choice. */
  readonly role: string
  /** ISO 8601. */
  readonly since: string
}

export interface Held {
  readonly taken: true
  /** Gives it back; does nothing when it is no longer ours. */
  release(): void
}

/**
 * Takes the lock of this file if it is free or its holder is gone; else tells who holds it. It is released by itself when
 * the process ends, however it ends. For processes on one machine.
 */
export function tryLock(path: string, role: string): Held | { readonly taken: false; readonly holder: Holder }

/** Waits as long as the holder lives; `onWait` is called once, before waiting. */
export function lock(path: string, role: string, onWait: (holder: Holder) => void): Promise<Held>
