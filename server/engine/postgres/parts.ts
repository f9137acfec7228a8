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
  /** Does all of it in one transaction. Nothing in it may wait for anything but the database; its news follow the commit. */
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
  const tell = teller(options, notifier)
  const parts = (queries: Queries, write: Write, told: Tell): EngineParts =>
    assemble(options, { sql: queries, notifier, write, tell: told }, async (run) => {
      const written: AdvanceInput[] = []
      await sql.begin((tx) => run(parts(tx, writeAlone(tx), (input) => written.push(input))))
      // Nothing of it is so before the commit: no line is logged and nobody is woken for what may yet be undone.
      for (const input of written) tell(input)
    })
  return parts(sql, writeTogether(sql), tell)
}

type Tell = (written: AdvanceInput) => void

/** Says what a commit brought: to those who look at the run, to idle workers, to the log. */
function teller({ observe }: EngineOptions, notifier: Notifier): Tell {
  return ({ run_id, request_id, transition, links, claimFor }) => {
    const { events, commands, data } = transition
    notifier.changed(run_id)
    const { parent, concurrency } = links
    // The step that the writer claimed for itself needs nobody to be woken; all else does.
    const free = commands.filter((c) => c.do === 'execute').length - (claimFor ? 1 : 0)
    if (parent || concurrency || free > 0 || commands.some((c) => WAKES.has(c.do))) notifier.wake()
    observe?.({ run_id, workflow_id: data.run.workflow_id, request_id, events })
  }
}

interface Means extends Pick<EngineParts, 'sql' | 'notifier'> {
  readonly write: Write
  readonly tell: Tell
}

function assemble(
  { clock, catalog }: EngineOptions,
  { sql, notifier, write, tell }: Means,
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
      if (answer.written) tell(input)
      return answer
    },
  }
}
