import { isDeepStrictEqual } from 'node:util'
import type { HistoryEvent, RunEvent } from '../events.ts'
import { forkOf, ROOT, scopeChain } from '../paths.ts'
import { approvalsNeeded } from '../quorum.ts'
import { restore } from '../restore.ts'
import { type Cursor, type RunState, type RunStatus, TERMINAL } from '../state.ts'
import { type Transition, transition } from '../transition.ts'
import { type ModelHost, taskName } from './host.ts'

/** Throws with the name of the invariant (I1–I7 of the engine) that a turn broke. */
export function checkTurn(host: ModelHost, before: RunState, event: RunEvent, made: Transition): void {
  if (made.refused) {
    hold(
      made.state === before && made.events.length === 0 && made.commands.length === 0,
      'a refused event changed something',
    )
    return
  }
  checkSequence(before, made)
  checkTimer(before, event)
  checkHistory(host, made.events)
  checkOpen(host)
  checkSize(host)
  checkReadBack(host)
}

/** What a host reads back is what it held, of all that can still be seen: what a broken-off fork left cannot. */
function checkReadBack({ state, data, rows }: ModelHost): void {
  const kept = [...rows.values()].toSorted((a, b) => a.seq - b.seq)
  const read = restore(
    state,
    kept.filter((row) => row.completed || row.fork !== null),
  )
  const forks = Object.fromEntries(Object.entries(data.forks).filter(([scope]) => scope in read.forks))
  const outputs = data.outputs.filter(({ path }) => path === ROOT || (forkOf(path) ?? '') in read.forks)
  hold(isDeepStrictEqual(read.forks, forks), 'the items read back are not those held in memory')
  hold(isDeepStrictEqual(read.outputs, outputs), 'the outputs read back are not those held in memory')
}

/** Same in, same out; called apart, because it doubles what a turn costs. */
export function checkSame(host: ModelHost, event: RunEvent): void {
  const { program, state, data } = host
  const [one, other] = [transition(program, state, data, event), transition(program, state, data, event)]
  hold(isDeepStrictEqual(one, other), 'the same event came out differently')
}

function checkSequence(before: RunState, { state, events }: Transition): void {
  for (const [i, { seq }] of events.entries())
    hold(seq === before.seq + 1 + i, `I2: event ${seq} follows ${before.seq + i}`)
  hold(state.seq === before.seq + events.length, 'I2: seq does not count the history')
}

function checkTimer(before: RunState, event: RunEvent): void {
  if (event.type !== 'timer.fired') return
  const timer = before.timers[event.timer]
  hold(timer !== undefined, `I5: timer ${event.timer} fired and is none`)
  hold(timer !== undefined && timer.due <= event.at, `I5: timer ${event.timer} fired early`)
}

const ENDS: ReadonlySet<HistoryEvent['type']> = new Set(['run.completed', 'run.failed', 'run.canceled'])

const ATTEMPT_ENDS: ReadonlySet<HistoryEvent['type']> = new Set([
  'step.completed',
  'step.failed',
  'step.skipped',
  'step.canceled',
])

/** What may stand after what, read from the history alone. */
function checkHistory(host: ModelHost, news: readonly HistoryEvent[]): void {
  const older = host.history.slice(0, host.history.length - news.length)
  let last = older.at(-1)
  for (const event of news) {
    if (last && ENDS.has(last.type))
      hold(event.type === 'run.reopened' && event.epoch === last.epoch + 1, `I2: ${event.type} after ${last.type}`)
    last = event
  }
  for (const event of news) {
    if (event.type === 'step.completed') {
      const same = host.history.filter(
        (h) => h.type === 'step.completed' && taskNameOfVisit(h) === taskNameOfVisit(event),
      )
      hold(same.length === 1, `I2: ${taskNameOfVisit(event)} completed ${same.length} times`)
    }
    if (ATTEMPT_ENDS.has(event.type) && 'attempt' in event) {
      const same = host.history.filter(
        (h) => ATTEMPT_ENDS.has(h.type) && 'attempt' in h && taskName(h) === taskName(event),
      )
      hold(same.length === 1, `I2: ${taskName(event)} ended as ${same.map(({ type }) => type)}`)
    }
    if (event.type === 'wait.decided' || event.type === 'wait.closed') checkWait(host, event)
  }
  hold(
    statusOf(host.history) === host.state.status,
    `the history tells ${statusOf(host.history)}, not ${host.state.status}`,
  )
}

function taskNameOfVisit(ref: { path: string; step: string; visit: number; epoch: number }): string {
  return taskName({ path: ref.path, step: ref.step, visit: ref.visit, epoch: ref.epoch, attempt: 1 })
}

/** I4: one closing for each wait, nothing decided after it, one voice each, and as many voices as the policy asks for. */
function checkWait(
  { history }: ModelHost,
  event: Extract<HistoryEvent, { type: 'wait.decided' | 'wait.closed' }>,
): void {
  const key = event.type === 'wait.closed' ? event.wait : event.wait.key
  const decided = history.flatMap((h) => (h.type === 'wait.decided' && h.wait.key === key ? [h] : []))
  const closed = history.flatMap((h) => (h.type === 'wait.closed' && h.wait === key ? [h] : []))
  hold(closed.length <= 1, `I4: ${key} closed ${closed.length} times`)
  const [end] = closed
  hold(!end || decided.every(({ seq }) => seq < end.seq), `I4: ${key} was decided after it closed`)
  const voices = decided.map(({ wait, decision }) => `${wait.generation} ${decision.approver}`)
  hold(new Set(voices).size === voices.length, `I4: somebody decided ${key} twice`)
  const last = decided.at(-1)?.wait
  if (end?.outcome === 'approved' && end.by?.via !== 'timeout' && last) {
    const yes = last.decisions.filter(({ decision }) => decision === 'approve').length
    hold(yes >= approvalsNeeded(last), `I4: ${key} was approved by ${yes}`)
  }
}

/** The status as somebody knows it who reads nothing but the history. */
function statusOf(history: readonly HistoryEvent[]): RunStatus {
  const told: Partial<Record<HistoryEvent['type'], RunStatus>> = {
    'run.created': 'queued',
    'run.started': 'running',
    'run.waiting': 'waiting',
    'run.resumed': 'running',
    'run.reopened': 'running',
    'run.completed': 'completed',
    'run.failed': 'failed',
    'run.canceled': 'canceled',
  }
  return history.reduce<RunStatus>((status, { type }) => told[type] ?? status, 'queued')
}

const PLACES_AT_THE_END: ReadonlySet<Cursor['at']> = new Set(['stopped', 'end', 'forked'])

/** I1: a run that is not over has something open, and host and state agree on all of it; one that is over has nothing. */
function checkOpen({ state, tasks, timers }: ModelHost): void {
  const scopes = Object.entries(state.scopes)
  const out = scopes.flatMap(([path, { cursor }]) =>
    cursor.at === 'executing' || cursor.at === 'calling' ? [taskName({ path, ...cursor, epoch: state.epoch })] : [],
  )
  hold(
    isDeepStrictEqual(out.toSorted(), [...tasks.keys()].toSorted()),
    `I1: given out ${[...tasks.keys()]}, state has ${out}`,
  )
  hold(
    isDeepStrictEqual(Object.fromEntries(timers), { ...state.timers }),
    'I5: armed timers are not those of the state',
  )
  const waiting = scopes.flatMap(([, { cursor }]) => (cursor.at === 'waiting' ? [cursor.wait] : []))
  hold(
    isDeepStrictEqual(waiting.toSorted(), Object.keys(state.waits).toSorted()),
    'I1: a wait without a place, or a place without one',
  )
  if (TERMINAL.has(state.status)) {
    hold(timers.size === 0 && tasks.size === 0 && waiting.length === 0, `I2: something is left after ${state.status}`)
    for (const [path, { cursor }] of scopes)
      hold(PLACES_AT_THE_END.has(cursor.at), `I2: ${path} is ${cursor.at} at the end`)
    hold(state.status !== 'completed' || scopes.length === 1, 'I2: a scope is left of a run that completed')
    return
  }
  if (state.status === 'queued') return
  const open = scopes.filter(([, { cursor }]) => !PLACES_AT_THE_END.has(cursor.at))
  hold(open.length > 0, `I1: a run that is ${state.status} waits for nothing`)
  for (const [path, { cursor }] of scopes) {
    if (cursor.at === 'sleeping' || cursor.at === 'backoff')
      hold(timers.has(cursor.timer), `I1: ${path} waits for a timer that is none`)
    if (cursor.at === 'end') hold(false, `I1: ${path} ended and stays`)
    if (cursor.at === 'forked' && isAlive(state, path)) {
      const inside = scopes.filter(([inner]) => forkOf(inner) === cursor.fork.scope)
      hold(
        inside.some(([, scope]) => !PLACES_AT_THE_END.has(scope.cursor.at) || scope.cursor.at === 'forked'),
        `I1: nothing goes on in the fork of ${path}`,
      )
      hold(inside.length <= cursor.fork.total - cursor.fork.done, `the fork of ${path} keeps more scopes than are open`)
    }
  }
  for (const [path, { parent }] of scopes)
    hold(path === ROOT || (parent !== null && parent in state.scopes), `${path} lost its parent`)
}

/** A fork that cannot be joined any more keeps its scopes for a retry; nothing goes on in it. */
function isAlive({ scopes }: RunState, path: string): boolean {
  return scopeChain(path).every((one) => {
    const cursor = scopes[one]?.cursor
    return cursor?.at !== 'forked' || !cursor.fork.over
  })
}

/** Bytes that a scope, wait or timer may take: what grows with outputs must not stand in the state. */
const BYTES = 2_000

function checkSize({ state }: ModelHost): void {
  const parts =
    1 + Object.keys(state.scopes).length + Object.keys(state.waits).length + Object.keys(state.timers).length
  const bytes = JSON.stringify(state).length
  hold(bytes <= parts * BYTES, `the state takes ${bytes} bytes for ${parts} parts`)
}

export function hold(condition: boolean, broken: string): asserts condition {
  if (!condition) throw new Error(broken)
}
