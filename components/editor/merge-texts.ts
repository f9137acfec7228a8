import { applyPatch, structuredPatch } from 'diff'

/** Puts what changed from `base` to `mine` into `theirs`; null where both changed the same lines. */
export function mergeTexts(base: string, mine: string, theirs: string): string | null {
  const merged = applyPatch(theirs, structuredPatch('', '', base, mine, '', '', { context: 2 }))
  return merged === false ? null : merged
}
