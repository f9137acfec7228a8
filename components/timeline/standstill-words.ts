import type { RunStandstill } from '#lib/contracts/runs.ts'

export interface StandstillWords {
  readonly title: string
  /** What happens next, and what can be done about it. */
  readonly next: string
  /** The command that ends it, where there is one. */
  readonly command?: string
}

/** "Waiting for a worker: none is running.", and how it goes on. */
export function standstillWords({ workers, in_hand, ahead, at_once }: RunStandstill): StandstillWords {
  if (workers === 0) {
    return {
      title: 'Waiting for a worker: none is running.',
      next: 'It goes on by itself as soon as one is. Where Scaff is installed, this starts one:',
      command: 'npm run worker',
    }
  }
  if (at_once !== undefined) {
    return {
      title: `Waiting for its turn: ${ahead === 0 ? 'it is next' : `${count(ahead, 'run')} ${ahead === 1 ? 'is' : 'are'} before it`}.`,
      next: `At most ${plain(at_once, 'run')} of its kind may be under way at once. It begins by itself when ${at_once === 1 ? 'that one' : 'one of them'} ends.`,
    }
  }
  if (ahead > 0) {
    return {
      title: `Waiting for its turn: ${count(ahead, 'step')} ${ahead === 1 ? 'is' : 'are'} before it.`,
      next: `It goes on by itself. ${plain(workers, 'worker')} ${workers === 1 ? 'is' : 'are'} at work; one more would make it faster.`,
    }
  }
  return {
    title: in_hand > 0 ? 'Waiting for a free worker: it is next.' : 'Waiting for a worker to take it up: it is next.',
    next:
      in_hand > 0
        ? `It goes on by itself when one of the ${count(in_hand, 'step')} in hand ends.`
        : 'It goes on by itself. If it does not, look at the log of the workers.',
  }
}

/** The server counts up to 1,000. */
function count(n: number, one: string): string {
  return n >= 1_000 ? `more than ${(999).toLocaleString('en')} ${one}s` : plain(n, one)
}

function plain(n: number, one: string): string {
  return `${n} ${one}${n === 1 ? '' : 's'}`
}
