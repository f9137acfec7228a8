import type { Json, JsonObject } from '../json.ts'
import type { Instant } from '../time.ts'
import type { WaitOpening } from './catalog.ts'
import type { OutputSource } from './data.ts'
import type { ActivityRef, AiCall, HistoryEvent, StepReport, WaitOutcome } from './events.ts'
import {
  type DecidedBy,
  type Decision,
  type RunError,
  type RunState,
  type RunStatus,
  TERMINAL,
  type WaitState,
} from './state.ts'

/**
 * What the history means for the rows that people and lists read: pure, so that every engine writes the same ones.
 * Several events that touch one row become one change of it, because a single statement may write a row only once.
 */
export function project(state: RunState, events: readonly HistoryEvent[]): RowChanges {
  const changes = new Changes()
  for (const event of events) changes.take(event)
  return changes.finish(state)
}

export interface RowChanges {
  readonly run: RunChange
  readonly events: readonly EventRow[]
  readonly steps: readonly StepRow[]
  readonly waits: readonly WaitChange[]
  readonly decisions: readonly DecisionRow[]
  readonly aiCalls: readonly AiCallRow[]
}

export interface RunChange {
  readonly status: RunStatus
  readonly epoch: number
  readonly current_step: string | null
  readonly error: RunError | null
  /** Set when the run completed with declared outputs. */
  readonly outputs: Json
  /** Inputs that a retry edited, to be merged over the old ones. */
  readonly inputs: JsonObject | null
  readonly ended_at: Instant | null
  readonly added_cost_usd: number
  readonly added_tokens: number
}

export interface EventRow {
  readonly seq: number
  readonly epoch: number
  readonly type: HistoryEvent['type']
  readonly at: Instant
  readonly step_id: string | null
  readonly path: string | null
  readonly data: JsonObject
}

export type StepStatus = 'pending' | 'running' | 'waiting' | 'completed' | 'failed' | 'skipped' | 'canceled'

export interface StepRow {
  readonly epoch: number
  readonly path: string
  readonly step_id: string
  readonly visit: number
  readonly attempt: number
  readonly type: string
  readonly status: StepStatus
  readonly seq: number
  readonly input: Json
  readonly output: Json
  readonly source: OutputSource | null
  readonly error: Json
  /** Kept from the first write where the row exists. */
  readonly started_at: Instant
  /** When a worker took it up; told with its end. */
  readonly began_at: Instant | null
  readonly ended_at: Instant | null
  readonly retry_at: Instant | null
}

export interface WaitChange {
  readonly key: string
  /** Set when it opens here. */
  readonly opened: { readonly wait: WaitState; readonly opening: WaitOpening } | null
  /** Its newest form; null: unchanged. */
  readonly wait: WaitState | null
  readonly closed: { readonly outcome: WaitOutcome; readonly by: DecidedBy | null; readonly at: Instant } | null
}

export interface DecisionRow extends Decision {
  readonly wait: string
  readonly generation: number
  readonly digest: string
}

export interface AiCallRow extends ActivityRef {
  readonly call: AiCall
  readonly position: number
  readonly at: Instant
}

class Changes {
  private readonly events: EventRow[] = []
  private readonly steps = new Map<string, StepRow>()
  private readonly waits = new Map<string, WaitChange>()
  private readonly decisions: DecisionRow[] = []
  private readonly aiCalls: AiCallRow[] = []
  private outputs: Json = null
  private inputs: JsonObject | null = null
  private endedAt: Instant | null = null

  take(event: HistoryEvent): void {
    this.events.push(eventRow(event))
    switch (event.type) {
      case 'run.completed':
        this.outputs = event.outputs
        this.endedAt = event.at
        return
      case 'run.failed':
      case 'run.canceled':
        this.endedAt = event.at
        return
      case 'run.reopened':
        this.inputs = event.inputs
        return
      case 'step.started':
        this.step(event, { status: 'running' })
        return
      case 'step.completed':
        this.step(
          event,
          { status: 'completed', output: event.output, source: event.source, ended_at: event.at },
          event.report,
        )
        return
      case 'step.failed':
        this.step(
          event,
          { status: 'failed', error: { ...event.error }, ended_at: event.at, retry_at: event.retry_at },
          event.report,
        )
        return
      case 'step.skipped':
        this.step(event, { status: 'skipped', ended_at: event.at })
        return
      case 'step.canceled':
        this.step(event, { status: 'canceled', ended_at: event.at })
        return
      case 'wait.opened':
        this.waiting(event.wait, event)
        this.wait(event.wait.key, { opened: { wait: event.wait, opening: event.opening } })
        return
      case 'wait.decided':
        this.decisions.push({
          ...event.decision,
          wait: event.wait.key,
          generation: event.wait.generation,
          digest: event.wait.digest,
        })
        this.wait(event.wait.key, { wait: event.wait })
        return
      case 'wait.escalated':
      case 'wait.reassigned':
        this.wait(event.wait.key, { wait: event.wait })
        return
      case 'wait.closed':
        this.wait(event.wait, { closed: { outcome: event.outcome, by: event.by, at: event.at } })
    }
  }

  finish(state: RunState): RowChanges {
    const calls = this.aiCalls.map(({ call }) => call)
    return {
      run: {
        status: state.status,
        epoch: state.epoch,
        current_step: currentStep(state),
        error: state.error,
        outputs: this.outputs,
        inputs: this.inputs,
        ended_at: TERMINAL.has(state.status) ? this.endedAt : null,
        added_cost_usd: sum(calls.map((call) => call.cost_usd ?? 0)),
        added_tokens: sum(calls.map((call) => call.tokens_prompt + call.tokens_output)),
      },
      events: this.events,
      steps: [...this.steps.values()],
      waits: [...this.waits.values()],
      decisions: this.decisions,
      aiCalls: this.aiCalls,
    }
  }

  private step(
    event: HistoryEvent & ActivityRef & { step_type: string },
    change: Partial<StepRow>,
    report: StepReport | null = null,
  ): void {
    const key = `${event.epoch}:${event.path}:${event.step}:${event.visit}:${event.attempt}`
    const before = this.steps.get(key) ?? newStepRow(event)
    this.steps.set(key, {
      ...before,
      ...change,
      seq: event.seq,
      ...(report ? { input: report.input, began_at: report.began_at ?? null } : {}),
    })
    const { path, step, visit, attempt, epoch, at } = event
    report?.ai_calls.forEach((call, position) => {
      this.aiCalls.push({ path, step, visit, attempt, epoch, call, position, at })
    })
  }

  /** The step of a wait that opened: its row is of the same turn. */
  private waiting(wait: WaitState, event: HistoryEvent): void {
    const key = `${event.epoch}:${wait.path}:${wait.step}:${wait.visit}:1`
    const row = this.steps.get(key)
    if (row) this.steps.set(key, { ...row, status: 'waiting', seq: event.seq })
  }

  private wait(key: string, change: Partial<WaitChange>): void {
    const before = this.waits.get(key) ?? { key, opened: null, wait: null, closed: null }
    this.waits.set(key, { ...before, ...change })
  }
}

function newStepRow(event: HistoryEvent & ActivityRef & { step_type: string }): StepRow {
  return {
    epoch: event.epoch,
    path: event.path,
    step_id: event.step,
    visit: event.visit,
    attempt: event.attempt,
    type: event.step_type,
    status: 'running',
    seq: event.seq,
    input: null,
    output: null,
    source: null,
    error: null,
    started_at: event.at,
    began_at: null,
    ended_at: null,
    retry_at: null,
  }
}

/** The row of an event: what it says in itself. Outputs and openings stand in the rows of their step and wait. */
function eventRow(event: HistoryEvent): EventRow {
  const { seq, epoch, type, at } = event
  const row = (data: JsonObject, step_id: string | null = null, path: string | null = null): EventRow => ({
    seq,
    epoch,
    type,
    at,
    step_id,
    path,
    data,
  })
  switch (event.type) {
    case 'run.created':
    case 'run.started':
    case 'run.resumed':
      return row({})
    case 'run.completed':
      return row({ outputs: event.outputs })
    case 'run.waiting':
      return row({ current_step: event.current_step }, event.current_step)
    case 'run.failed':
      return row(
        { error_step: event.error.step, error_code: event.error.code, error_message: event.error.message },
        event.error.step,
      )
    case 'run.canceled':
      return row({ reason: event.reason })
    case 'run.reopened':
      return row({ from_step: event.from }, event.from)
    case 'step.started':
    case 'step.canceled':
      return row({ type: event.step_type, ...attempt(event) }, event.step, event.path)
    case 'step.completed':
      return row({ type: event.step_type, source: event.source, ...attempt(event) }, event.step, event.path)
    case 'step.skipped':
      return row({ type: event.step_type, reason: event.reason, ...attempt(event) }, event.step, event.path)
    case 'step.failed':
      return row(
        {
          type: event.step_type,
          error: { code: event.error.code, message: event.error.message },
          retry_at: event.retry_at,
          retry_count: event.attempt - 1,
          ...attempt(event),
        },
        event.step,
        event.path,
      )
    case 'wait.opened':
      return row(
        {
          wait: event.wait.key,
          kind: event.wait.kind,
          title: event.opening.title,
          asked: asked(event.wait),
          expires_at: event.wait.expires_at,
        },
        event.wait.step,
        event.wait.path,
      )
    case 'wait.decided':
      return row(
        {
          wait: event.wait.key,
          decision: event.decision.decision,
          comment: event.decision.comment,
          by: { ...event.decision.by },
        },
        event.wait.step,
        event.wait.path,
      )
    case 'wait.escalated':
      return row(
        { wait: event.wait.key, asked: asked(event.wait), expires_at: event.wait.expires_at },
        event.wait.step,
        event.wait.path,
      )
    case 'wait.reassigned':
      return row(
        {
          wait: event.wait.key,
          from: event.from,
          to: event.to,
          ...(event.comment === undefined ? {} : { comment: event.comment }),
          by: { ...event.by },
        },
        event.wait.step,
        event.wait.path,
      )
    case 'wait.reminded':
      return row({ wait: event.wait, count: event.count })
    case 'wait.closed':
      return row({ wait: event.wait, outcome: event.outcome, by: event.by ? { ...event.by } : null })
  }
}

function attempt(ref: ActivityRef): JsonObject {
  return { visit: ref.visit, attempt: ref.attempt }
}

function asked(wait: WaitState): readonly string[] {
  return wait.kind === 'approval' ? wait.approvers.map((a) => a.email) : []
}

/** The step a list names: that of the oldest wait, else one that is under way. */
export function currentStep(state: RunState): string | null {
  const waits = Object.values(state.waits)
  const first = waits[0]
  if (state.status === 'waiting' && first)
    return waits.reduce((a, b) => (b.opened_at < a.opened_at ? b : a), first).step
  for (const { cursor } of Object.values(state.scopes)) if (cursor.at !== 'end') return cursor.step
  return null
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0)
}
