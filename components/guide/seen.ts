/** Something of the tour that only the page knows: a mail was opened. */
export interface SeenMail {
  readonly step: 'mail'
  readonly runId: string | null
}

type Listener = (seen: SeenMail) => void

const listeners = new Set<Listener>()

/** Tells the tour, if there is one; parts of the page need not know. */
export function noteSeen(seen: SeenMail): void {
  for (const listener of listeners) listener(seen)
}

/** Until the answered function is called. */
export function onSeen(listener: Listener): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}
