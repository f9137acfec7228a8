import type { PaletteAction } from './use-palette-actions.ts'

const offered = new Map<string, () => readonly PaletteAction[]>()

/** Offers a part's actions until the answered function is called. `read` is asked each time the palette opens. */
export function offerActions(owner: string, read: () => readonly PaletteAction[]): () => void {
  offered.set(owner, read)
  return () => {
    offered.delete(owner)
  }
}

/** What the parts of the page offer now; of two with one id the later holds. */
export function offeredActions(): readonly PaletteAction[] {
  const byId = new Map<string, PaletteAction>()
  for (const read of offered.values()) for (const action of read()) byId.set(action.id, action)
  return [...byId.values()]
}
