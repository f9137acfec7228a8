import { approvals } from './races/approvals.ts'
import { cancels } from './races/cancels.ts'
import { forks, resolutions, retries } from './races/clicks.ts'
import { escalations, forms, reminders } from './races/deadlines.ts'
import { starts } from './races/starts.ts'
import { openTable } from './races/table.ts'
import type { ProofReport } from './report.ts'

export interface RaceSizes {
  readonly approvals: number
  /** Rounds of people against timers, and of cancels. */
  readonly rounds: number
  /** Runs that somebody clicks at too often. */
  readonly clicked: number
  readonly starts: number
}

export const SHORT: RaceSizes = { approvals: 4, rounds: 8, clicked: 4, starts: 1_000 }
export const LONG: RaceSizes = { approvals: 40, rounds: 60, clicked: 50, starts: 10_000 }

/** Many at once for what only one can have: two engines, as two web processes have them, and a worker. */
export async function races(url: string, sizes: RaceSizes): Promise<ProofReport> {
  const table = openTable(url)
  try {
    const figures = {
      ...(await approvals(table, sizes.approvals)),
      ...(await forms(table, sizes.rounds)),
      ...(await escalations(table, sizes.rounds)),
      ...(await reminders(table, sizes.rounds)),
      ...(await cancels(table, sizes.rounds)),
      ...(await retries(table, sizes.clicked)),
      ...(await forks(table, sizes.clicked)),
      ...(await resolutions(table, sizes.clicked)),
      ...(await starts(table, sizes.starts)),
    }
    const [trouble] = table.troubles
    table.found.expect(trouble === undefined, `the engine reported ${table.troubles.length} troubles: ${trouble}`)
    return { figures, broken: table.found.broken }
  } finally {
    await table.close()
  }
}
