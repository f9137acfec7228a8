import type { WorkKind } from '#drizzle/schema/work.ts'
import { newId } from '#lib/ids.ts'
import type { JsonObject } from '#lib/json.ts'
import type { Command } from '#lib/workflow/commands.ts'
import type { Profile } from '#lib/workflow/data.ts'
import { project } from '#lib/workflow/project.ts'
import { TERMINAL } from '#lib/workflow/state.ts'
import type { Transition } from '#lib/workflow/transition.ts'
import type { Queries } from '#server/db/client.ts'
import type { AuditIntent, Call, ParentLink } from '../port.ts'
import { INSERT_HEAD, SENT, TAIL, UPDATE_HEAD } from './advance-sql.ts'
import { toStoredJson } from './stored-json.ts'

/**
 * The only writer of run state. One statement for each run: the compare-and-set on its revision (and on the fence of the
 * work row being settled) with everything that follows from it, so that a commit holds all of a transition or nothing.
 * Several runs that are written at the same moment share the statement, and so its commit; each stands for itself all the
 * same: of those that were not written nothing was.
 */
export async function advance(sql: Queries, inputs: readonly AdvanceInput[]): Promise<readonly AdvanceAnswer[]> {
  const created = inputs.some(({ create }) => create !== null)
  const sent = inputs.some((input) => input.sent)
  const statement = (created ? INSERT_HEAD : UPDATE_HEAD) + (sent ? SENT : '') + TAIL
  const rows = await sql.unsafe<{ run_id: string; claimed: ClaimedRow[] | null }[]>(
    statement,
    [toStoredJson(inputs.map(documentOf))],
    { prepare: true },
  )
  const moved = new Map(rows.map(({ run_id, claimed }) => [run_id, claimed ?? []]))
  return inputs.map(({ run_id }) => ({ written: moved.has(run_id), claimed: moved.get(run_id) ?? [] }))
}

export interface AdvanceInput {
  readonly run_id: string
  /** The revision the transition was made from; ignored for a new run. */
  readonly revision: number
  readonly transition: Transition
  readonly at: string
  readonly request_id: string
  readonly audit: { readonly call: Call; readonly intent: AuditIntent } | null
  /** The work row this settles: deleted with it, and checked by its fence. */
  readonly settles: { readonly id: string; readonly fence: number; readonly owner: string } | null
  /** What was kept of its effect before it was sent is deleted too. */
  readonly sent?: boolean
  /** Steps that follow are claimed for this worker in the same commit. */
  readonly claimFor: string | null
  readonly create: NewRun | null
  readonly links: RunLinks
}

/** What a run has to do with others. */
export interface RunLinks {
  /** The step of another run that waits for the end of this one. */
  readonly parent: ParentLink | null
  /** Runs of the same key that take turns with this one. */
  readonly concurrency: { readonly key: string; readonly max: number } | null
}

export interface NewRun {
  readonly workflow_id: string
  readonly workflow_version: number
  readonly workflow_name: string
  readonly inputs: JsonObject
  readonly static: JsonObject
  readonly profile: Profile
  readonly idempotency_key: string | null
  readonly fingerprint: string | null
  readonly forked_from: string | null
  readonly forked_at: string | null
}

export interface AdvanceAnswer {
  /** false: the revision moved on, the lease was lost, or the idempotency key exists. Nothing was written. */
  readonly written: boolean
  /** Work that this statement claimed for its writer. */
  readonly claimed: readonly ClaimedRow[]
}

export interface ClaimedRow {
  readonly id: string
  readonly fence: number
  readonly payload: JsonObject
}

function documentOf(input: AdvanceInput): unknown {
  const { transition, at, create } = input
  const rows = project(transition.state, transition.events)
  const waitIds = new Map(rows.waits.filter((w) => w.opened).map((w) => [w.key, newId('wait')]))
  return {
    run: {
      id: input.run_id,
      revision: input.revision,
      state: transition.state,
      request_id: input.request_id,
      at,
      ...rows.run,
      ...create,
      ...(create ? linkColumns(input.links) : {}),
    },
    settles: input.settles,
    events: rows.events,
    steps: rows.steps,
    opened: rows.waits.flatMap(({ key, opened, wait, closed }) =>
      opened ? [openedRow(waitIds.get(key) ?? '', wait ?? opened.wait, opened.opening, closed)] : [],
    ),
    changed: rows.waits.flatMap(({ key, opened, wait, closed }) =>
      opened ? [] : [{ key, wait, expires_at: wait?.expires_at ?? null, closed }],
    ),
    approvers: rows.waits.flatMap(({ key, opened, wait }) =>
      approverRows(key, waitIds.get(key) ?? null, wait ?? opened?.wait ?? null),
    ),
    decisions: rows.decisions.map((d) => ({ ...d, wait_id: waitIds.get(d.wait) ?? null })),
    ai_calls: rows.aiCalls.map(({ call, ...row }) => ({ id: newId('aiCall'), ...row, ...call })),
    work: [...workRows(transition.commands, at, input), ...linkRows(input)],
    gone: goneRows(transition.commands),
    messages: messageRows(transition.commands, waitIds, at),
    audit: input.audit ? [auditRow(input.audit, input.run_id, at)] : [],
  }
}

function linkColumns({ parent, concurrency }: RunLinks): object {
  return {
    parent_run_id: parent?.run_id ?? null,
    parent_activity: parent?.activity ?? null,
    concurrency_key: concurrency?.key ?? null,
    concurrency_max: concurrency?.max ?? null,
  }
}

/** At its end a run tells its caller, and lets the next of its key begin; at its start it asks to begin itself. */
function linkRows({ run_id, transition, at, create, links }: AdvanceInput): WorkRow[] {
  const { status, epoch } = transition.state
  const over = TERMINAL.has(status)
  const { parent, concurrency } = links
  const row = { due: at, owner: null, fence: 0 }
  return [
    ...(over && parent
      ? [
          {
            ...row,
            id: newId('work'),
            kind: 'return' as const,
            run_id: parent.run_id,
            key: `${run_id}:${epoch}`,
            payload: { child: run_id, activity: parent.activity },
          },
        ]
      : []),
    ...(concurrency && (over || create)
      ? [
          {
            ...row,
            id: newId('work'),
            kind: 'admit' as const,
            key: `${epoch}:${over ? 'end' : 'start'}`,
            payload: { ...concurrency },
          },
        ]
      : []),
  ]
}

const PRIORITY = { low: 0, normal: 1, high: 2 } as const

function openedRow(
  id: string,
  wait: { key: string; kind: string; step: string; path: string; opened_at: string; expires_at: string | null },
  opening: { kind: 'form' } | { kind: 'approval'; priority: keyof typeof PRIORITY },
  closed: { outcome: string; by: unknown; at: string } | null,
): unknown {
  const { key, kind, step, path, opened_at, expires_at } = wait
  const priority = opening.kind === 'approval' ? PRIORITY[opening.priority] : PRIORITY.normal
  return {
    id,
    key,
    kind,
    step_id: step,
    path,
    wait,
    opening,
    opened_at,
    expires_at,
    priority,
    outcome: closed?.outcome ?? null,
    closed_by: closed?.by ?? null,
    closed_at: closed?.at ?? null,
  }
}

function approverRows(
  key: string,
  wait_id: string | null,
  wait: { kind: string; approvers?: readonly { id: string; email: string; user_id: string | null }[] } | null,
) {
  return (wait?.approvers ?? []).map((a) => ({
    key,
    wait_id,
    approver: a.id,
    email: a.email.toLowerCase(),
    user_id: a.user_id,
  }))
}

interface WorkRow {
  readonly id: string
  readonly kind: Exclude<WorkKind, 'message'>
  /** Absent: the run that is written. */
  readonly run_id?: string
  readonly key: string
  readonly due: string
  readonly owner: string | null
  readonly fence: number
  readonly payload: unknown
}

function workRows(commands: readonly Command[], at: string, input: AdvanceInput): WorkRow[] {
  const gone = new Set(goneRows(commands).map((row) => `${row.kind}:${row.key}`))
  return commands.flatMap((command): WorkRow[] => {
    if (command.do === 'execute') {
      const key = `${command.key}:${command.activity.attempt}`
      if (gone.has(`step:${key}`)) return []
      const { activity, key: effect, sent_as } = command
      const payload = { activity, key: effect, ...(sent_as === undefined ? {} : { sent_as }) }
      return [
        {
          id: newId('work'),
          kind: 'step',
          key,
          due: at,
          owner: input.claimFor,
          fence: input.claimFor ? 1 : 0,
          payload,
        },
      ]
    }
    if (command.do === 'call' || command.do === 'hang_up') {
      const { do: kind, activity, key } = command
      const call = kind === 'call' ? { workflow: command.workflow, inputs: command.inputs } : {}
      const payload = { activity, key, ...call }
      return [{ id: newId('work'), kind, key: `${key}:${activity.attempt}`, due: at, owner: null, fence: 0, payload }]
    }
    if (command.do === 'arm_timer' && !gone.has(`timer:${command.key}`)) {
      return [
        {
          id: newId('work'),
          kind: 'timer',
          key: command.key,
          due: command.timer.due,
          owner: null,
          fence: 0,
          payload: { timer: command.key },
        },
      ]
    }
    return []
  })
}

function goneRows(commands: readonly Command[]): { kind: string; key: string }[] {
  return commands.flatMap((command) => {
    if (command.do === 'abandon') return [{ kind: 'step', key: `${command.key}:${command.activity.attempt}` }]
    if (command.do === 'hang_up') return [{ kind: 'call', key: `${command.key}:${command.activity.attempt}` }]
    if (command.do === 'disarm_timer') return [{ kind: 'timer', key: command.key }]
    return []
  })
}

function messageRows(commands: readonly Command[], waitIds: ReadonlyMap<string, string>, at: string): unknown[] {
  return commands.flatMap((command) => {
    if (command.do !== 'send') return []
    const { kind, wait, approver, to, generation } = command.message
    return [
      {
        id: newId('message'),
        work_id: newId('work'),
        kind,
        wait,
        wait_id: waitIds.get(wait) ?? null,
        approver,
        generation,
        to,
        at,
      },
    ]
  })
}

function auditRow({ call, intent }: { call: Call; intent: AuditIntent }, run_id: string, at: string): unknown {
  const { actor, request_id } = call
  return {
    id: newId('audit'),
    at,
    actor,
    action: intent.action,
    target: intent.target === 'run:new' ? run_id : intent.target,
    detail: intent.detail,
    request_id,
  }
}
