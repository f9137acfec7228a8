import { consequencesOf, silenceOf } from '#lib/consequences.ts'
import type { Approval, ApprovalRow } from '#lib/contracts/approvals.ts'
import type { FormView } from '#lib/contracts/forms.ts'
import type { RunRow } from '#lib/contracts/runs.ts'
import type { Workflow, WorkflowRow } from '#lib/contracts/workflows.ts'
import { provenanceOf } from '#lib/provenance.ts'
import type { Played } from '#lib/simulation/play.ts'
import { toRunDetail } from '#lib/simulation/to-detail.ts'
import { stepCatalog } from '#lib/steps/definitions.ts'
import { offeredChoices, toApprovers, toDecisions, toQuorum } from '#lib/wait-view.ts'
import { workflowGraph } from '#lib/workflow/graph.ts'
import { awaited } from '#lib/workflow/quorum.ts'
import { SARAH, type StoredWorkflow, type Workspace } from './workspace.ts'

type Found = Awaited<ReturnType<Workspace['wait']>>

/** A run as lists show it. */
export function runRow(played: Played): RunRow {
  const detail = toRunDetail(played)
  const wait = detail.waiting
  const people = wait?.approval?.approvers.filter((approver) => approver.awaited).map(({ email }) => email)
  return {
    run_id: detail.run_id,
    workflow_id: detail.workflow_id,
    workflow_name: detail.workflow_name,
    workflow_version: detail.workflow_version,
    status: detail.status,
    current_step: detail.current_step,
    error: detail.error,
    cost: detail.cost,
    started_by: detail.started_by,
    started_at: detail.started_at,
    updated_at: detail.updated_at,
    ended_at: detail.ended_at,
    duration_ms: detail.duration_ms,
    waiting_for: wait && {
      type: wait.type,
      people: people ?? (wait.form?.assignee ? [wait.form.assignee] : []),
      any: wait.approval?.quorum.policy === 'any',
      since: wait.opened_at,
      expires_at: wait.expires_at,
    },
  }
}

/** null for a wait of another kind. */
export function approvalRow({ id, run_id, wait, opening, closed, played }: Found): ApprovalRow | null {
  if (wait.kind !== 'approval' || opening.kind !== 'approval') return null
  const { data } = played.run
  const outcome = closed?.outcome
  return {
    id,
    run_id,
    step_id: wait.step,
    workflow_id: data.run.workflow_id,
    workflow_name: data.run.workflow_name,
    title: opening.title,
    excerpt: opening.message,
    status: outcome === undefined ? 'pending' : outcome === 'submitted' ? 'canceled' : outcome,
    priority: opening.priority,
    requested_by: data.profile.user_email,
    quorum: toQuorum(wait),
    approvers: toApprovers(wait, !closed),
    opened_at: wait.opened_at,
    expires_at: wait.expires_at,
    mine:
      !closed &&
      awaited(wait).some(({ email }) => email === SARAH.email) &&
      (wait.terms.self_approval || data.profile.user_email !== SARAH.email),
    decided: closed && { by: closed.by, at: closed.at },
  }
}

export function approval(found: Found): Approval | null {
  const row = approvalRow(found)
  const { wait, opening, closed, played } = found
  if (!row || wait.kind !== 'approval' || opening.kind !== 'approval') return null
  const { steps } = played.definition
  const offered = offeredChoices(wait)
  return {
    ...row,
    message: opening.message,
    show: opening.show,
    provenance: provenanceOf(opening.show, played.run.data.outputs),
    digest: wait.digest,
    confirm: opening.confirm,
    choices: row.mine ? offered : [],
    consequences: closed ? {} : consequencesOf(offered, wait, steps),
    silence: closed ? null : silenceOf(wait, steps),
    decisions: toDecisions(wait),
    previous: null,
    reassignable: [],
  }
}

export function form({ id, run_id, wait, opening, closed, played }: Found): FormView {
  if (opening.kind !== 'form') return { state: 'invalid' }
  const { data } = played.run
  if (closed) {
    return {
      state: 'submitted',
      title: opening.title,
      workflow_name: data.run.workflow_name,
      at: closed.at,
      by: closed.by?.label ?? null,
      answers: null,
    }
  }
  return {
    state: 'open',
    wait_id: id,
    run_id,
    title: opening.title,
    description: opening.description,
    workflow_name: data.run.workflow_name,
    fields: opening.fields,
    schema: opening.schema,
    values: {},
    errors: [],
    requested_by: data.profile.user_email,
    assignee: null,
    expires_at: wait.expires_at,
  }
}

export function workflowRow({ id, definition, created_at }: StoredWorkflow, runs: readonly Played[]): WorkflowRow {
  const own = runs.map(runRow).filter(({ workflow_id }) => workflow_id === id)
  const [last] = own
  return {
    id,
    name: definition.name,
    description: definition.description,
    tags: [...definition.tags],
    version: 1,
    enabled: true,
    created_at,
    updated_at: created_at,
    last_run: last ? { run_id: last.run_id, status: last.status, started_at: last.started_at } : null,
    recent: own.slice(0, 10).map(({ status }) => status),
  }
}

export function workflow({ id, text, definition, created_at }: StoredWorkflow): Workflow {
  return {
    id,
    name: definition.name,
    description: definition.description,
    tags: [...definition.tags],
    enabled: true,
    version: 1,
    latest_version: 1,
    message: null,
    start_step: definition.start,
    graph: workflowGraph(definition, stepCatalog),
    steps: definition.steps.map(({ id: step, type, name, next, when, on_error, output_key, timeout_ms, config }) => ({
      id: step,
      type,
      name,
      next,
      when,
      on_error,
      output_key,
      timeout_ms,
      config,
    })),
    inputs: definition.inputs && { fields: definition.inputs.fields, schema: definition.inputs.schema },
    outputs: definition.outputs,
    yaml: text,
    warnings: [],
    created_at,
    updated_at: created_at,
  }
}
