/** What goes wrong with one execution of a step. */
export type Fault = 'none' | 'stumble' | 'lease' | 'sent' | 'stop'

/** What each execution of a step meets: drawn from a seed and the step's name, so that the same seed plays the same again. */
export interface Faults {
  /** For the nth execution of an attempt; the first two may go wrong, so that each comes to an end. */
  next(attempt: string): Fault
  /** How often each was drawn. */
  readonly count: Record<Exclude<Fault, 'none'> | 'answer' | 'signal', number>
}

const SHARES: readonly (readonly [upTo: number, Fault])[] = [
  [0.5, 'none'],
  [0.68, 'stumble'],
  [0.83, 'lease'],
  [0.97, 'sent'],
  [1, 'stop'],
]

export function seededFaults(seed: number): Faults {
  const executed = new Map<string, number>()
  const count = { stumble: 0, lease: 0, sent: 0, stop: 0, answer: 0, signal: 0 }
  return {
    count,
    next(attempt) {
      const nth = executed.get(attempt) ?? 0
      executed.set(attempt, nth + 1)
      if (nth > 1) return 'none'
      const drawn = chance(`${seed} ${attempt} ${nth}`)
      const fault = SHARES.find(([upTo]) => drawn < upTo)?.[1] ?? 'none'
      if (fault !== 'none') count[fault] += 1
      return fault
    },
  }
}

/** A number in [0, 1) that follows from a text. */
export function chance(text: string): number {
  let hash = 0x811c9dc5
  for (const char of text) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0
  // One more round, so that texts that differ in their last letter are far apart.
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 0
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32
}
