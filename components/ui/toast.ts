/** A result to tell of. */
export interface ToastMessage {
  readonly title: string
  readonly description?: string
  readonly tone?: 'good' | 'bad' | 'neutral'
  /** Where to look at it, and the words of the link ("Open" when there are none). */
  readonly href?: string
  readonly action?: string
}

/** What `ToastOutlet` has not yet shown, and how it learns that there is something. */
let waiting: readonly ToastMessage[] = []
let wake: (() => void) | null = null

/**
 * Tells of a result that arrived in the background: something that was started earlier and that the page does not show.
 * What a click did is shown where it was clicked. The code that shows it comes with the first message.
 */
export function toast(message: ToastMessage): void {
  waiting = [...waiting, message]
  wake?.()
}

/** For the outlet: calls `listener` when there is something to show. */
export function onToast(listener: () => void): () => void {
  wake = listener
  if (waiting.length > 0) listener()
  return () => {
    if (wake === listener) wake = null
  }
}

/** For the outlet: what there is to show, each once. */
export function takeToasts(): readonly ToastMessage[] {
  const taken = waiting
  waiting = []
  return taken
}
