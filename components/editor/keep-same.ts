import type { LanguageAnswer } from './language.ts'

/** The answer with those parts of the last one that say the same: what is drawn from these is not drawn anew. */
export function keepSame(last: LanguageAnswer | undefined, next: LanguageAnswer): LanguageAnswer {
  if (last === undefined) return next
  return {
    diagnostics: same(last.diagnostics, next.diagnostics),
    graph: same(last.graph, next.graph),
    outline: same(last.outline, next.outline),
    inputs: same(last.inputs, next.inputs),
  }
}

function same<T>(last: T, next: T): T {
  return JSON.stringify(last) === JSON.stringify(next) ? last : next
}
