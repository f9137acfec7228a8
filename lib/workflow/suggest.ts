import { closestMatch } from 'leven'

/** The known name that was probably meant; undefined when none is near enough to be worth saying. */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  const candidates = [...known].filter((candidate) => candidate !== name)
  const folded = candidates.find((candidate) => fold(candidate) === fold(name))
  if (folded !== undefined) return folded
  const longer = candidates.filter((candidate) => name.length > 1 && candidate.startsWith(`${name}_`))
  if (longer.length === 1) return longer[0]
  const tolerated = Math.min(4, Math.max(1, Math.floor(name.length / 3)))
  return closestMatch(name, candidates, { maxDistance: tolerated })
}

/** `Did you mean x?`, to be used as a hint; undefined when no name is near. */
export function didYouMean(name: string, known: Iterable<string>): string | undefined {
  const near = nearest(name, known)
  return near === undefined ? undefined : `Did you mean ${near}?`
}

/** `maxAttempts`, `max-attempts` and `max_attempts` are one name written by different habits. */
function fold(name: string): string {
  return name.replaceAll(/[^\p{L}\p{N}]/gu, '').toLowerCase()
}

/** `a, b or c`. */
export function oneOf(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`
}
