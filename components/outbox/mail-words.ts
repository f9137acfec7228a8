/** Says of a mail that it went out more than once. */
export function repeatSentence(repeats: number): string {
  if (repeats === 1) return 'Sent again after an interruption; the first may have arrived too.'
  return `Sent again ${repeats} times after interruptions; earlier ones may have arrived too.`
}
