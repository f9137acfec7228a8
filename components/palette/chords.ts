/**
 * Keys without a modifier: `g` and then a letter goes somewhere, `?` shows what there is. Pure, so that what a person types
 * can be replayed in a test.
 */
export interface Chord {
  readonly keys: readonly [first: string, second: string]
  readonly label: string
  readonly href: string
}

export interface ChordState {
  /** The first key of a sequence and until when the second may follow, ms. */
  readonly held: { readonly key: string; readonly until: number } | null
}

export type ChordOutcome =
  /** Not ours: the page may have it. */
  | { readonly kind: 'pass' }
  /** The first key of a sequence. */
  | { readonly kind: 'hold' }
  | { readonly kind: 'go'; readonly href: string }
  | { readonly kind: 'help' }

const HOLD_MS = 1_200

export function pressKey(
  state: ChordState,
  key: string,
  at: number,
  chords: readonly Chord[],
): readonly [ChordState, ChordOutcome] {
  const free: ChordState = { held: null }
  if (state.held && at <= state.held.until) {
    const first = state.held.key
    const found = chords.find(({ keys }) => keys[0] === first && keys[1] === key)
    if (found) return [free, { kind: 'go', href: found.href }]
  }
  if (key === '?') return [free, { kind: 'help' }]
  if (chords.some(({ keys }) => keys[0] === key)) return [{ held: { key, until: at + HOLD_MS } }, { kind: 'hold' }]
  return [free, { kind: 'pass' }]
}

/** Whether what is focused takes letters itself, or a dialog or menu is open that has keys of its own. */
export function takesKeys(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false
  if (target.closest('input, textarea, select, [contenteditable=""], [contenteditable="true"], [role="textbox"]')) {
    return !target.matches('input[type="radio"], input[type="checkbox"], input[type="button"], input[type="submit"]')
  }
  return target.closest('[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]') !== null
}
