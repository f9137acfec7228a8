import type { RunEventEntry } from '#lib/contracts/run-events.ts'
import { type AiCallEntry, type HistoryStep, StepFailure } from '#lib/contracts/run-steps.ts'
import type { DecisionEntry, RunWait } from '#lib/contracts/run-waits.ts'
import type { RunDetail } from '#lib/contracts/runs.ts'
import { listedSteps } from '#lib/listed-steps.ts'
import { summaryOf } from '#lib/step-summary.ts'
import { stepCatalog } from '#lib/steps/definitions.ts'
import { toWaitApproval } from '#lib/wait-view.ts'
import { workflowGraph } from '#lib/workflow/graph.ts'
import { project } from '#lib/workflow/project.ts'
import type { AiCallRow, DecisionRow, RowChanges, StepRow } from '#lib/workflow/rows.ts'
import { TERMINAL, type WaitState } from '#lib/workflow/state.ts'
import { waitKey } from '#lib/workflow/turn.ts'
import { openingOf } from './answer-wait.ts'
import type { Played } from './play.ts'

/** The run as the run page shows it, from the rows that every engine writes. */
export function toRunDetail({ run, clock, definition, startedAt }: Played): RunDetail {
  const { state, data, history } = run
  const rows = project(state, history)
  const over = TERMINAL.has(state.status)
  const waits = Object.values(state.waits).map((wait) => toWait(run, wait))
  const waiting = waits[0] ?? null
  const facts = data.run
  return {
    id: facts.id,
    run_id: facts.id,
    workflow_id: facts.workflow_id,
    workflow_name: facts.workflow_name,
    workflow_version: facts.workflow_version,
    status: state.status,
    current_step: over ? null : (waiting?.step_id ?? rows.run.current_step),
    error: state.error,
    cost: { usd: rows.run.added_cost_usd, tokens: rows.run.added_tokens },
    started_by: data.profile.user_email,
    started_at: startedAt,
    updated_at: history.at(-1)?.at ?? clock.now(),
    ended_at: rows.run.ended_at,
    duration_ms: rows.run.ended_at === null ? null : Date.parse(rows.run.ended_at) - Date.parse(startedAt),
    inputs: data.inputs,
    ...(rows.run.outputs === null ? {} : { outputs: rows.run.outputs }),
    waits,
    waiting,
    resume_token: waiting?.resume_token ?? null,
    parent: null,
    forked_from: null,
    children: [],
    effects: [],
    workflow: {
      id: facts.workflow_id,
      name: facts.workflow_name,
      version: facts.workflow_version,
      steps: listedSteps(definition.steps),
    },
    graph: workflowGraph(definition, stepCatalog),
    steps: toSteps(run, rows)
      .map((step, i) => summaryOf(step, rows.steps[i]?.seq ?? 0, rows.steps[i]?.began_at ?? null))
      .toSorted((a, b) => a.seq - b.seq),
    more: false,
    cancel_reason: cancelReason(run),
    can: {
      cancel: !over,
      retry: state.status === 'failed' || state.status === 'canceled',
      fork: false,
      resolve: false,
      answer: waiting !== null,
      start: true,
      edit: true,
    },
  }
}

function cancelReason({ history, state }: Played['run']): string | null {
  const fact = state.status === 'canceled' ? history.findLast((event) => event.type === 'run.canceled') : undefined
  return fact?.type === 'run.canceled' ? fact.reason : null
}

/** The id of a wait in answers: unique over runs, and the same in each replay. */
export function waitIdOf(run: Played['run'], key: string): string {
  return `${run.data.run.id}.${key}`
}

function toWait(run: Played['run'], wait: WaitState): RunWait {
  const opening = openingOf(run, wait.key)
  const id = waitIdOf(run, wait.key)
  const assignee =
    opening?.kind === 'form' && opening.assignee ? run.data.directory.resolve([opening.assignee])[0] : null
  return {
    wait_id: id,
    step_id: wait.step,
    path: wait.path,
    type: wait.kind,
    resume_token: `answer:${id}`,
    opened_at: wait.opened_at,
    expires_at: wait.expires_at,
    ...(opening?.kind === 'form'
      ? {
          form: {
            title: opening.title,
            description: opening.description,
            fields: opening.fields,
            schema: opening.schema,
            assignee: assignee?.email ?? null,
          },
        }
      : {}),
    ...(opening?.kind === 'approval' && wait.kind === 'approval' ? { approval: toWaitApproval(wait, opening) } : {}),
  }
}

/** Every attempt of every visit, in the order in which they began. */
export function attemptsOf(run: Played['run']): HistoryStep[] {
  return toSteps(run, project(run.state, run.history))
}

/** What happened, as the history tells it. */
export function eventsOf(run: Played['run']): RunEventEntry[] {
  const run_id = run.data.run.id
  return project(run.state, run.history).events.map((row) => ({ ...row, id: row.seq, run_id }))
}

function toSteps(run: Played['run'], { steps, aiCalls, decisions }: RowChanges): HistoryStep[] {
  return steps.map((row) => {
    const key = waitKey({ path: row.path, step: row.step_id, visit: row.visit, epoch: row.epoch })
    return toStep(
      row,
      aiCalls.filter((call) => isOf(call, row)).map((call, i) => toAiCall(call, `ai_${row.seq}_${i}`)),
      decisions.filter(({ wait }) => wait === key).map((decision) => toDecision(run, decision)),
    )
  })
}

function toStep(row: StepRow, ai_calls: AiCallEntry[], decisions: DecisionEntry[]): HistoryStep {
  const { step_id, path, type, status, visit, attempt, epoch, input, output, source, started_at, ended_at } = row
  return {
    step_id,
    path,
    type,
    status,
    visit,
    attempt,
    epoch,
    input,
    output,
    source,
    error: StepFailure.safeParse(row.error).data ?? null,
    started_at,
    ended_at,
    duration_ms: ended_at === null ? null : Date.parse(ended_at) - Date.parse(started_at),
    retry_at: row.retry_at,
    ai_calls,
    decisions,
  }
}

function isOf(call: AiCallRow, row: StepRow): boolean {
  return (
    call.epoch === row.epoch &&
    call.path === row.path &&
    call.step === row.step_id &&
    call.visit === row.visit &&
    call.attempt === row.attempt
  )
}

function toAiCall({ call, at }: AiCallRow, id: string): AiCallEntry {
  return { ...call, id, violations: [...call.violations], at }
}

/** Whose place it was when the decision was made: an approver of an earlier round is no longer named by the wait. */
function toDecision(run: Played['run'], decision: DecisionRow): DecisionEntry {
  const fact = run.history.findLast(
    (event) =>
      event.type === 'wait.decided' &&
      event.wait.key === decision.wait &&
      event.wait.generation === decision.generation,
  )
  const approvers = fact?.type === 'wait.decided' ? fact.wait.approvers : []
  return {
    approver: approvers.find(({ id }) => id === decision.approver)?.email ?? decision.by.label,
    decision: decision.decision,
    comment: decision.comment,
    by: decision.by,
    at: decision.at,
  }
}
