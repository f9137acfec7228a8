import type { Instant } from '../time.ts'
import type { WaitOpening } from './catalog.ts'
import type { Command } from './commands.ts'
import { applyEvents, scopeOf } from './context.ts'
import type { RunData } from './data.ts'
import type { ActivityRef, HistoryEvent, HistoryFact } from './events.ts'
import type { Program } from './program.ts'
import type { Scope } from './scope.ts'
import type { Cursor, RunState, ScopeState, TimerState, WaitState } from './state.ts'

/** One transition under way: the state so far, and what it has decided. Local to a call of `transition`. */
export interface Turn {
  readonly program: Program
  readonly at: Instant
  state: RunState
  data: RunData
  readonly events: HistoryEvent[]
  readonly commands: Command[]
  /** Scopes whose fork is to be looked at: something happened inside it. */
  readonly pending: string[]
  /** Waits that opened although an answer to them had come before. */
  readonly answered: OpenedWait[]
}

export interface OpenedWait {
  readonly wait: string
  readonly opening: WaitOpening
}

export function beginTurn(program: Program, state: RunState, data: RunData, at: Instant): Turn {
  return { program, at, state, data, events: [], commands: [], pending: [], answered: [] }
}

/** Appends a fact to the history: the only place where sequence numbers are given. */
export function emit(turn: Turn, fact: HistoryFact): void {
  const seq = turn.state.seq + 1
  const event: HistoryEvent = { seq, at: turn.at, epoch: turn.state.epoch, ...fact }
  turn.state = { ...turn.state, seq }
  turn.data = applyEvents(turn.data, [event])
  turn.events.push(event)
}

export function command(turn: Turn, wanted: Command): void {
  turn.commands.push(wanted)
}

export function patch(turn: Turn, change: Partial<RunState>): void {
  turn.state = { ...turn.state, ...change }
}

export function scopeAt(turn: Turn, path: string): ScopeState {
  const scope = turn.state.scopes[path]
  if (!scope) throw new Error(`no scope ${path}`)
  return scope
}

export function patchScope(turn: Turn, path: string, change: Partial<ScopeState>): void {
  patch(turn, { scopes: { ...turn.state.scopes, [path]: { ...scopeAt(turn, path), ...change } } })
}

export function setCursor(turn: Turn, path: string, cursor: Cursor): void {
  patchScope(turn, path, { cursor })
}

export function putWait(turn: Turn, wait: WaitState): void {
  patch(turn, { waits: { ...turn.state.waits, [wait.key]: wait } })
}

/** Forgets a wait and disarms its timers. */
export function dropWait(turn: Turn, key: string): void {
  const { [key]: _gone, ...waits } = turn.state.waits
  patch(turn, { waits })
  for (const [timer, { wait }] of Object.entries(turn.state.timers)) if (wait === key) disarm(turn, timer)
}

export function arm(turn: Turn, key: string, timer: TimerState): void {
  patch(turn, { timers: { ...turn.state.timers, [key]: timer } })
  command(turn, { do: 'arm_timer', key, timer })
}

export function disarm(turn: Turn, key: string): void {
  const { [key]: gone, ...timers } = turn.state.timers
  if (!gone) return
  patch(turn, { timers })
  command(turn, { do: 'disarm_timer', key })
}

/** Forgets a timer that fired: its row is the one being settled. */
export function dropTimer(turn: Turn, key: string): void {
  const { [key]: _gone, ...timers } = turn.state.timers
  patch(turn, { timers })
}

/** The key of an effect, stable over all attempts of a visit. */
export function effectKey(turn: Turn, ref: Pick<ActivityRef, 'path' | 'step' | 'visit' | 'epoch'>): string {
  return `${turn.data.run.id}:${ref.path}:${ref.step}:${ref.visit}:${ref.epoch}`
}

/** A wait's key within its run. */
export function waitKey(ref: Pick<ActivityRef, 'path' | 'step' | 'visit' | 'epoch'>): string {
  return `${ref.path}:${ref.step}:${ref.visit}:${ref.epoch}`
}

/** What expressions of a scope see at this moment of the turn. */
export function currentScope(turn: Turn, path: string): Scope {
  return scopeOf(turn.program, turn.data, turn.at, path)
}

/** The type of a step as the history names it, also of one that the definition lost. */
export function typeOf(turn: Turn, step: string): string {
  return turn.program.step(step)?.type ?? 'unknown'
}

/** An answer came, or a time: a run that waited is under way again. */
export function wake(turn: Turn): void {
  if (turn.state.status === 'waiting') emit(turn, { type: 'run.resumed' })
  patch(turn, { status: 'running' })
}
