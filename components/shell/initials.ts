/** One or two letters for a person: of a name its first and last word, of an address what stands before the @. */
export function initials(who: string): string {
  const words = (who.split('@')[0] ?? '').split(/[\s._-]+/).filter((word) => /\p{L}|\p{N}/u.test(word))
  const picked = words.length > 1 ? [words[0], words.at(-1)] : words
  const letters = picked.map((word) => [...(word ?? '')].find((char) => /\p{L}|\p{N}/u.test(char)) ?? '')
  return letters.join('').toUpperCase() || '?'
}
