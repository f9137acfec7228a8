import type { RunDetail, RunStandstill } from '#lib/contracts/runs.ts'

/** Later than any run: a step that no worker took up has not begun. */
const NOT_BEGUN = '9999-12-31T23:59:59.999Z'

/** Whether somebody but a person should be at work on it. */
export function underWay({ status }: Pick<RunDetail, 'status'>): boolean {
  return status === 'queued' || status === 'running'
}

/** A run as it stands while no worker takes it up: queued, and its open steps with it. */
export function asQueued(run: RunDetail): RunDetail {
  return {
    ...run,
    status: 'queued',
    steps: run.steps.map((step) => (step.status === 'running' ? { ...step, began_at: NOT_BEGUN } : step)),
  }
}

export interface StandstillWords {
  readonly title: string
  /** What happens next, and what can be done about it. */
  readonly next: string
  /** The command that ends it, where there is one. */
  readonly command?: string
}

/** "Waiting for a worker: none is running.", and how it goes on. */
export function standstillWords({ workers, in_hand, ahead }: RunStandstill): StandstillWords {
  if (workers === 0) {
    return {
      title: 'Waiting for a worker: none is running.',
      next: 'It goes on by itself as soon as one is. Where Scaff is installed, this starts one:',
      command: 'npm run worker',
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
