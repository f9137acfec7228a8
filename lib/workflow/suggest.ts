import leven from 'leven'
import type { Advice } from './diagnostics.ts'

/** The known name that was probably meant; undefined when none is near enough to be worth saying. */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  const tolerated = Math.min(4, Math.max(1, Math.floor(name.length / 3)))
  let best: string | undefined
  let least = tolerated + 1
  const longer: string[] = []
  for (const candidate of known) {
    if (candidate === name) continue
    if (sameButForCase(candidate, name)) return candidate
    if (name.length > 1 && candidate.startsWith(name) && candidate[name.length] === '_') longer.push(candidate)
    if (Math.abs(candidate.length - name.length) >= least) continue
    const distance = leven(name, candidate, { maxDistance: least })
    if (distance < least) {
      best = candidate
      least = distance
    }
  }
  // `ai` is far from `ai_generate` by letters, and yet the only name that begins so.
  return longer.length === 1 ? longer[0] : best
}

/** `Did you mean x?`, to be used as a hint; undefined when no name is near. */
export function didYouMean(name: string, known: Iterable<string>): string | undefined {
  const near = nearest(name, known)
  return near === undefined ? undefined : `Did you mean ${near}?`
}

/** Advice on a key that nobody knows: the one that was probably meant in its place. */
export function meantKey(name: string, known: Iterable<string>): Advice | undefined {
  const near = nearest(name, known)
  return near === undefined ? undefined : { hint: `Did you mean ${near}?`, cure: { rename: near } }
}

/** The same of a word that stands as a value. */
export function meantValue(name: string, known: Iterable<string>): Advice | undefined {
  const near = nearest(name, known)
  return near === undefined ? undefined : { hint: `Did you mean ${near}?`, cure: { put: near } }
}

function sameButForCase(a: string, b: string): boolean {
  return a.length === b.length && a.toLowerCase() === b.toLowerCase()
}

/** `a, b or c`. */
export function oneOf(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`
}
