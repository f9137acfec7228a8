import { type Instant, plus } from '../time.ts'
import type { Command, MessageRequest } from './commands.ts'
import type { RunData } from './data.ts'
import type { ActivityRef, HistoryEvent, RunEvent, StepError, StepReport, StepResult } from './events.ts'
import type { Program } from './program.ts'
import type { RunState } from './state.ts'
import { initialState, type Transition, transition } from './transition.ts'

/** What came of one attempt of a step. */
export type Attempted =
  | { readonly ok: true; readonly result: StepResult }
  | { readonly ok: false; readonly error: StepError; readonly result: StepReport }

export interface HeldRunOptions {
  readonly program: Program
  readonly data: RunData
  /** Where it stands before its first event; absent: nothing has happened. */
  readonly from?: RunState
  /** The time of the events that `settle` makes: a virtual clock, or an engine's own. */
  readonly now: () => Instant
  /** Executes one attempt; `key` is the idempotency key of its effect. */
  readonly execute: (activity: ActivityRef, key: string) => Promise<Attempted>
  /** Runs another workflow for a step; absent: `execute` answers for it. Its end is told by an event of the step. */
  readonly call?: (command: Extract<Command, { do: 'call' | 'hang_up' }>) => void
}

/** A message as it would have gone out, and when. */
export interface SentMessage {
  readonly at: Instant
  /** The last event of the turn that asked for it. */
  readonly seq: number
  readonly message: MessageRequest
}

/** One run in memory: everything a host of the core keeps, and the loop that carries its commands out. */
export interface HeldRun {
  readonly program: Program
  readonly state: RunState
  readonly data: RunData
  readonly history: readonly HistoryEvent[]
  readonly messages: readonly SentMessage[]
  /** Hands an event to the core; a refused one changes nothing. */
  apply(event: RunEvent): Transition
  /** Executes what was given out and fires what is due, until nothing is left to do now. Whether there was anything. */
  settle(): Promise<boolean>
  /** When the next timer is due; null when none is armed. */
  nextTimer(): Instant | null
}

/**
 * The in-memory runner of the core, for the editor's test run, stories, tests and the memory engine. It reads no clock and
 * makes no ids: the same events at the same times give the same history.
 */
export function holdRun({ program, data: given, from, now, execute, call }: HeldRunOptions): HeldRun {
  let state = from ?? initialState()
  let data = given
  const history: HistoryEvent[] = []
  const messages: SentMessage[] = []
  const activities = new Map<string, { readonly activity: ActivityRef; readonly key: string }>()

  function apply(event: RunEvent): Transition {
    const made = transition(program, state, data, event)
    state = made.state
    data = made.data
    history.push(...made.events)
    for (const command of made.commands) obey(command, event.at)
    return made
  }

  function obey(command: Command, at: Instant): void {
    if (command.do === 'call' || command.do === 'hang_up') {
      if (call) call(command)
      else if (command.do === 'call') activities.set(attemptName(command), command)
      else activities.delete(attemptName(command))
    }
    if (command.do === 'execute') activities.set(attemptName(command), command)
    if (command.do === 'abandon') activities.delete(attemptName(command))
    if (command.do === 'send') messages.push({ at, seq: state.seq, message: command.message })
  }

  async function settle(): Promise<boolean> {
    let worked = false
    for (let busy = true; busy; worked ||= busy) {
      busy = false
      for (const [timer] of timersOf(state).filter(([, { due }]) => due <= now())) {
        apply({ type: 'timer.fired', timer, at: now() })
        busy = true
      }
      for (const [name, { activity, key }] of [...activities]) {
        activities.delete(name)
        const made = await execute(activity, key)
        const at = now()
        apply(
          made.ok
            ? { type: 'step.succeeded', activity, result: made.result, at }
            : { type: 'step.failed', activity, error: made.error, result: made.result, at },
        )
        busy = true
      }
    }
    return worked
  }

  return {
    program,
    history,
    messages,
    apply,
    settle,
    nextTimer: () => timersOf(state)[0]?.[1].due ?? null,
    get state() {
      return state
    },
    get data() {
      return data
    },
  }
}

/** Armed timers, the earliest first; those of the same instant in the order in which they were armed. */
function timersOf(state: RunState) {
  return Object.entries(state.timers).toSorted(([, a], [, b]) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0))
}

function attemptName({ key, activity }: { readonly key: string; readonly activity: ActivityRef }): string {
  return `${key}:${activity.attempt}`
}

/** Time that stands still until somebody moves it. */
export interface VirtualClock {
  now(): Instant
  /** Never backwards: an earlier instant changes nothing. */
  moveTo(at: Instant): void
}

export function createVirtualClock(start: Instant): VirtualClock {
  let at = start
  return {
    now: () => at,
    moveTo: (later) => {
      if (later > at) at = later
    },
  }
}

/** Lets `ms` milliseconds pass. Each timer on the way fires at its own time, with all that follows from it. */
export async function passTime(run: HeldRun, clock: VirtualClock, ms: number): Promise<void> {
  const end = plus(clock.now(), ms)
  await run.settle()
  for (let due = run.nextTimer(); due !== null && due <= end; due = run.nextTimer()) {
    clock.moveTo(due)
    await run.settle()
  }
  clock.moveTo(end)
}
