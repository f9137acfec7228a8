import type { Json, JsonObject } from '../json.ts'
import type { Instant } from '../time.ts'
import { currentStep } from './current-step.ts'
import { eventRow } from './event-row.ts'
import type { ActivityRef, HistoryEvent, StepReport } from './events.ts'
import type { AiCallRow, DecisionRow, EventRow, RowChanges, StepRow, WaitChange } from './rows.ts'
import { type RunState, TERMINAL, type WaitState } from './state.ts'

/**
 * What the history means for the rows that people and lists read: pure, so that every engine writes the same ones.
 * Several events that touch one row become one change of it, because a single statement may write a row only once.
 */
export function project(state: RunState, events: readonly HistoryEvent[]): RowChanges {
  const changes = new Changes()
  for (const event of events) changes.take(event)
  return changes.finish(state)
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
      case 'step.forked':
        this.step(event, event.items === null ? {} : { input: { items: event.items } })
        return
      case 'step.sleeping':
        this.step(event, { status: 'waiting', input: { until: event.until } })
        return
      case 'step.unknown':
        this.step(event, { status: 'waiting' })
        return
      case 'step.resolved':
        this.step(event, { status: 'running' })
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

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0)
}
