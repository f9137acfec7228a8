import type { Clock } from '#lib/time.ts'
import type { StepCatalog } from '#lib/workflow/catalog.ts'
import type { HistoryEvent } from '#lib/workflow/events.ts'
import type { Sql } from '#server/db/client.ts'
import { type AdvanceAnswer, type AdvanceInput, advance } from './advance.ts'
import { createRunLoader, type RunLoader } from './load.ts'
import { createNotifier, type Notifier } from './notifier.ts'
import { retrying } from './retrying.ts'

/** What the client and the worker of the Postgres engine share. */
export interface EngineParts {
  readonly sql: Sql
  readonly clock: Clock
  readonly catalog: StepCatalog
  readonly loader: RunLoader
  readonly notifier: Notifier
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

export function createParts(options: EngineOptions): EngineParts {
  const { sql, clock, catalog, observe, onError } = options
  const notifier = createNotifier(sql, onError)
  return {
    sql,
    clock,
    catalog,
    loader: createRunLoader(sql, catalog),
    notifier,
    async write(input) {
      const answer = await retrying(() => advance(sql, input))
      if (!answer.written) return answer
      const { events, commands, data } = input.transition
      notifier.changed(input.run_id)
      // Steps that the writer claimed for itself need nobody to be woken; timers and mails do.
      if (commands.some((c) => c.do === 'send' || c.do === 'arm_timer' || (c.do === 'execute' && !input.claimFor)))
        notifier.wake()
      observe?.({ run_id: input.run_id, workflow_id: data.run.workflow_id, request_id: input.request_id, events })
      return answer
    },
  }
}
