import type { WorkKind } from '#drizzle/schema/work.ts'
import { newId } from '#lib/ids.ts'
import type { Command } from '#lib/workflow/commands.ts'
import { project } from '#lib/workflow/project.ts'
import { TERMINAL } from '#lib/workflow/state.ts'
import type { AuditIntent, Call } from '../port.ts'
import type { AdvanceInput, ClaimedRow, RunLinks, StepPayload } from './advance.ts'
import { ALL_GROUPS, type Group, type List } from './advance-sql.ts'

/** The rows of all runs that are written together, list by list. */
export interface AdvanceRows {
  readonly lists: { readonly [L in List]: readonly object[] }
  /** What of the statement is needed beside what nearly every turn writes. */
  readonly groups: ReadonlySet<Group>
  /** Work that its writer holds once it is written, by run. */
  readonly claimed: ReadonlyMap<string, ClaimedRow>
}

/** Makes the rows of each run's transition. */
export function rowsOf(inputs: readonly AdvanceInput[]): AdvanceRows {
  const lists: { [L in List]: object[] } = {
    runs: [],
    events: [],
    steps: [],
    work: [],
    opened: [],
    changed: [],
    approvers: [],
    decisions: [],
    messages: [],
    ai_calls: [],
    gone: [],
    audit: [],
  }
  const claimed = new Map<string, ClaimedRow>()
  for (const input of inputs) {
    const row = addRows(lists, input)
    if (row) claimed.set(input.run_id, row)
  }
  const { opened, changed, approvers, decisions, messages } = lists
  const needed: { readonly [G in Group]: boolean } = {
    people: [opened, changed, approvers, decisions, messages].some((list) => list.length > 0),
    ai: lists.ai_calls.length > 0,
    gone: lists.gone.length > 0,
    audit: lists.audit.length > 0,
    sent: inputs.some((input) => input.sent),
    fork: inputs.some((input) => input.create?.forked_from),
  }
  return { lists, groups: new Set(ALL_GROUPS.filter((group) => needed[group])), claimed }
}

/** Adds the rows of one run; answers the step that the writer claims with it. */
function addRows(lists: { readonly [L in List]: object[] }, input: AdvanceInput): ClaimedRow | null {
  const { run_id, transition, at, create, settles } = input
  const rows = project(transition.state, transition.events)
  const waitIds = new Map(rows.waits.filter((w) => w.opened).map((w) => [w.key, newId('wait')]))
  const work = [...workRows(transition.commands, at, input.claimFor), ...linkRows(input)]
  const add = (list: List, row: object): void => void lists[list].push({ run_id, ...row })
  lists.runs.push({
    id: run_id,
    revision: input.revision,
    state: transition.state,
    request_id: input.request_id,
    at,
    ...rows.run,
    ...create,
    ...(create ? linkColumns(input.links) : {}),
    ...(settles ? { settles_id: settles.id, settles_fence: settles.fence, settles_owner: settles.owner } : {}),
  })
  for (const event of rows.events) add('events', event)
  for (const step of rows.steps) add('steps', step)
  for (const row of work) lists.work.push({ moved: run_id, run_id, ...row })
  for (const { key, opened, wait, closed } of rows.waits) {
    if (opened) add('opened', openedRow(waitIds.get(key) ?? '', wait ?? opened.wait, opened.opening, closed))
    else add('changed', { key, wait, expires_at: wait?.expires_at ?? null, closed })
    const seats = approverRows(key, waitIds.get(key) ?? null, wait ?? opened?.wait ?? null)
    for (const seat of seats) add('approvers', seat)
  }
  for (const decision of rows.decisions) add('decisions', { ...decision, wait_id: waitIds.get(decision.wait) ?? null })
  for (const { call, ...row } of rows.aiCalls) add('ai_calls', { id: newId('aiCall'), ...row, ...call })
  for (const row of goneRows(transition.commands)) add('gone', row)
  for (const message of messageRows(transition.commands, waitIds, at)) add('messages', message)
  if (input.audit) add('audit', auditRow(input.audit, run_id, at))
  for (const row of work)
    if (row.kind === 'step' && row.owner !== null) return { id: row.id, fence: row.fence, payload: row.payload }
  return null
}

function linkColumns({ parent, concurrency }: RunLinks): object {
  return {
    parent_run_id: parent?.run_id ?? null,
    parent_activity: parent?.activity ?? null,
    concurrency_key: concurrency?.key ?? null,
    concurrency_max: concurrency?.max ?? null,
  }
}

/** At its end a run tells its caller, and lets the next of its key begin; where it is queued it asks to begin itself. */
function linkRows({ run_id, transition, at, links }: AdvanceInput): WorkRow[] {
  const { status, epoch } = transition.state
  const over = TERMINAL.has(status)
  const queued = transition.events.some(({ type }) => type === 'run.created' || type === 'run.reopened')
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
    ...(concurrency && (over || queued)
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
): object {
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

interface WorkRowOf<Kind extends WorkKind, Payload extends object> {
  readonly id: string
  readonly kind: Kind
  /** Absent: the run that is written. */
  readonly run_id?: string
  readonly key: string
  readonly due: string
  readonly owner: string | null
  readonly fence: number
  readonly payload: Payload
}

type WorkRow = WorkRowOf<'step', StepPayload> | WorkRowOf<Exclude<WorkKind, 'step' | 'message'>, object>

/** Of the steps that begin the first is claimed for its writer, who goes on with it; the others are for whoever is free. */
function workRows(commands: readonly Command[], at: string, claimFor: string | null): WorkRow[] {
  const gone = new Set(goneRows(commands).map((row) => `${row.kind}:${row.key}`))
  let owner = claimFor
  return commands.flatMap((command): WorkRow[] => {
    if (command.do === 'execute') {
      const key = `${command.key}:${command.activity.attempt}`
      if (gone.has(`step:${key}`)) return []
      const { activity, key: effect, sent_as } = command
      const payload = { activity, key: effect, ...(sent_as === undefined ? {} : { sent_as }) }
      const row = { id: newId('work'), kind: 'step', key, due: at, owner, fence: owner ? 1 : 0, payload } as const
      owner = null
      return [row]
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

function messageRows(commands: readonly Command[], waitIds: ReadonlyMap<string, string>, at: string): object[] {
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

function auditRow({ call, intent }: { call: Call; intent: AuditIntent }, run_id: string, at: string): object {
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
