import type { RunEventEntry } from '#lib/contracts/run-events.ts'
import type { HistoryStep } from '#lib/contracts/run-steps.ts'
import type { RunContext, RunDetail } from '#lib/contracts/runs.ts'
import { isJsonObject, type Json } from '#lib/json.ts'
import type { Played } from '#lib/simulation/play.ts'
import { contextOf } from '#lib/simulation/simulate-run.ts'
import { attemptsOf, eventsOf, toRunDetail } from '#lib/simulation/to-detail.ts'

/** All that an engine tells of a run. */
export interface Told {
  readonly run: RunDetail
  readonly steps: readonly HistoryStep[]
  readonly events: readonly RunEventEntry[]
  readonly context: RunContext
  readonly mails: readonly { readonly kind: string; readonly to: string }[]
}

/** What is told of a run that is held in memory. */
export function toldOf(played: Played): Told {
  const { run } = played
  return {
    run: toRunDetail(played),
    steps: attemptsOf(run),
    events: eventsOf(run),
    context: contextOf(played),
    mails: run.messages.map(({ message: { kind, to } }) => ({ kind, to })),
  }
}

/** Ids, times and latencies are each engine's own. */
const OWN = /^(id|run_id|wait_id|workflow_id|resume_token|at|.*_at|duration_ms|latency_ms|link|until)$/

/** Row for row as it was told, without what is each engine's own. */
export function plain(value: unknown): Json {
  const walk = (item: Json): Json => {
    if (typeof item === 'string') return item.replaceAll(/run_[a-z0-9]+/g, 'run')
    if (Array.isArray(item)) return item.map(walk)
    if (!isJsonObject(item)) return item
    return Object.fromEntries(
      Object.entries(item).flatMap(([key, inner]) => (OWN.test(key) ? [] : [[key, walk(inner)]])),
    )
  }
  return walk(JSON.parse(JSON.stringify(value)))
}

/** What a real server adds to its answers. */
const OF_THE_CONNECTION = /^(date|connection|keep-alive|transfer-encoding|content-length)$/
/** Between two events of one instant a run may come to rest for a moment, or not. */
const OF_THE_MOMENT: ReadonlySet<string> = new Set(['run.waiting', 'run.resumed'])

/**
 * The same without the order of what happens at one instant in different scopes, which nothing promises (DESIGN.md): rows
 * by path, visit and attempt, events in the order of their own scope.
 */
export function canonical({ run, steps, events, context, mails }: Told): Json {
  const { status, error, waits, current_step, cancel_reason, inputs } = run
  const scopes: Record<string, object[]> = {}
  for (const { seq: _seq, ...event } of events) {
    const scope = scopeOf(event)
    if (!OF_THE_MOMENT.has(event.type)) scopes[scope] = [...(scopes[scope] ?? []), event]
  }
  const told = {
    run: { status, error, inputs, outputs: run.outputs ?? null, waits: byPlace(waits), current_step, cancel_reason },
    steps: byPlace(steps).map(comparable),
    events: scopes,
    context,
    mails: mails.toSorted((a, b) => compare(`${a.kind} ${a.to}`, `${b.kind} ${b.to}`)),
  }
  return JSON.parse(JSON.stringify(plain(told)), (key, value) => (OF_THE_CONNECTION.test(key) ? undefined : value))
}

/** An event of a wait names it instead of its scope, and its key begins with that. */
function scopeOf({ path, data }: Pick<RunEventEntry, 'path' | 'data'>): string {
  return path ?? (typeof data.wait === 'string' ? (data.wait.split(':')[0] ?? '') : 'run')
}

/** What a step asked of a workflow it calls stands beside the run that answered; a simulation starts none. */
function comparable(step: HistoryStep): HistoryStep {
  return step.type === 'workflow' ? { ...step, input: null } : step
}

/** A database orders the keys of objects by its own rule, and a prompt that holds a schema shows it. */
export function asStored<T>(value: T): T {
  const order = (item: unknown): unknown => {
    if (Array.isArray(item)) return item.map(order)
    if (typeof item !== 'object' || item === null) return item
    const entries = Object.entries(item).toSorted(([a], [b]) => a.length - b.length || (a < b ? -1 : 1))
    return Object.fromEntries(entries.map(([key, inner]) => [key, order(inner)]))
  }
  return order(value) as T
}

interface Placed {
  readonly path: string
  readonly step_id: string
  readonly epoch?: number
  readonly visit?: number
  readonly attempt?: number
}

function byPlace<T extends Placed>(rows: readonly T[]): T[] {
  const place = ({ epoch = 0, path, step_id, visit = 0, attempt = 0 }: Placed) =>
    [epoch, path, step_id, visit, attempt].map((part) => String(part).padStart(4, '0')).join(' ')
  return rows.toSorted((a, b) => compare(place(a), place(b)))
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
