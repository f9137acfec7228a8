import type { Clock } from '#lib/time.ts'
import type { StepCatalog } from '#lib/workflow/catalog.ts'
import type { Command } from '#lib/workflow/commands.ts'
import type { HistoryEvent } from '#lib/workflow/events.ts'
import type { Queries, Sql } from '#server/db/client.ts'
import type { AdvanceAnswer, AdvanceInput } from './advance.ts'
import { createRunLoader, type RunLoader } from './load.ts'
import { createNotifier, type Notifier } from './notifier.ts'
import { type Write, writeAlone, writeTogether } from './writer.ts'

/** What the client and the worker of the Postgres engine share. */
export interface EngineParts {
  readonly sql: Queries
  readonly clock: Clock
  readonly catalog: StepCatalog
  readonly loader: RunLoader
  readonly notifier: Notifier
  /** Does all of it in one transaction. Nothing in it may wait for anything but the database. */
  transaction(run: (parts: EngineParts) => Promise<void>): Promise<void>
  /** `advance`, with the news of it told afterwards. */
  write(input: AdvanceInput): Promise<AdvanceAnswer>
}

export interface EngineOptions {
  readonly sql: Sql
  readonly clock: Clock
  readonly catalog: StepCatalog
  /** Called after each commit with what it added to a run's history, e.g. to log it. */
  readonly observe?: (news: CommittedNews) => void
  /** Troubles that cost nothing but time, e.g. a hint that could not be sent. */
  readonly onError: (error: unknown) => void
}

export interface CommittedNews {
  readonly run_id: string
  readonly workflow_id: string
  readonly request_id: string
  readonly events: readonly HistoryEvent[]
}

const WAKES: ReadonlySet<Command['do']> = new Set(['send', 'arm_timer', 'call', 'hang_up'])

export function createParts(options: EngineOptions): EngineParts {
  const { sql } = options
  const notifier = createNotifier(sql, options.onError)
  const parts = (queries: Queries, write: Write): EngineParts =>
    assemble(options, queries, write, notifier, async (run) => {
      await sql.begin((tx) => run(parts(tx, writeAlone(tx))))
    })
  return parts(sql, writeTogether(sql))
}

function assemble(
  { clock, catalog, observe }: EngineOptions,
  sql: Queries,
  write: Write,
  notifier: Notifier,
  transaction: EngineParts['transaction'],
): EngineParts {
  return {
    sql,
    clock,
    catalog,
    loader: createRunLoader(sql, catalog),
    notifier,
    transaction,
    async write(input) {
      const answer = await write(input)
      if (!answer.written) return answer
      const { events, commands, data } = input.transition
      notifier.changed(input.run_id)
      // Steps that the writer claimed for itself need nobody to be woken; all else does.
      const { parent, concurrency } = input.links
      if (parent || concurrency || commands.some((c) => WAKES.has(c.do) || (c.do === 'execute' && !input.claimFor)))
        notifier.wake()
      observe?.({ run_id: input.run_id, workflow_id: data.run.workflow_id, request_id: input.request_id, events })
      return answer
    },
  }
}
