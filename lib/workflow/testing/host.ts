import type { Instant } from '../../time.ts'
import type { Command } from '../commands.ts'
import type { RunData } from '../data.ts'
import type { WorkflowDefinition } from '../definition.ts'
import type { ActivityRef, HistoryEvent, RunEvent } from '../events.ts'
import { createProgram, type Program } from '../program.ts'
import { project } from '../project.ts'
import type { KeptStep } from '../restore.ts'
import type { RunState, TimerState } from '../state.ts'
import { T0, testCatalog, testData } from '../testkit.ts'
import { initialState, type Transition, transition } from '../transition.ts'

export interface Task {
  readonly activity: ActivityRef
  readonly key: string
  readonly kind: 'execute' | 'call'
}

/** A host of the core as any engine is one: it knows only what commands and history told it. */
export interface ModelHost {
  readonly program: Program
  now: Instant
  state: RunState
  data: RunData
  readonly history: HistoryEvent[]
  /** Events that were taken, in order. */
  readonly past: RunEvent[]
  /** Given out and not answered yet, by attempt. */
  readonly tasks: Map<string, Task>
  /** As commands armed and disarmed them. */
  readonly timers: Map<string, TimerState>
  /** Every timer that fired. */
  readonly fired: Set<string>
  /** Rows as a database would hold them. */
  readonly rows: Map<string, KeptStep & { readonly seq: number }>
  /** Hands an event to the core and obeys its commands. */
  apply(event: RunEvent): Transition
}

/** `watch` sees each turn after its commands were obeyed. */
export function createHost(
  definition: WorkflowDefinition,
  watch: (host: ModelHost, before: RunState, event: RunEvent, made: Transition) => void,
  decide: typeof transition = transition,
): ModelHost {
  const host: ModelHost = {
    program: createProgram(definition, testCatalog),
    now: T0,
    state: initialState(),
    data: testData(),
    history: [],
    past: [],
    tasks: new Map(),
    timers: new Map(),
    fired: new Set(),
    rows: new Map(),
    apply(event) {
      const before = host.state
      const made = decide(host.program, before, host.data, event)
      host.state = made.state
      host.data = made.data
      if (!made.refused) {
        host.past.push(event)
        answered(host, event)
        host.history.push(...made.events)
        for (const command of made.commands) obey(host, command)
        keepRows(host, made)
      }
      watch(host, before, event, made)
      return made
    },
  }
  return host
}

export function taskName({ path, step, visit, attempt, epoch }: ActivityRef): string {
  return `${path} ${step} ${visit} ${attempt} ${epoch}`
}

/** What an event settles is no longer out. */
function answered({ tasks, timers, fired }: ModelHost, event: RunEvent): void {
  if (event.type === 'timer.fired') {
    timers.delete(event.timer)
    fired.add(event.timer)
  }
  if (event.type === 'step.succeeded' || event.type === 'step.failed' || event.type === 'effect.unknown')
    tasks.delete(taskName(event.activity))
}

function obey({ tasks, timers, fired }: ModelHost, command: Command): void {
  switch (command.do) {
    case 'execute':
    case 'call': {
      const name = taskName(command.activity)
      if (tasks.has(name)) throw new Error(`${name} is given out twice`)
      tasks.set(name, { activity: command.activity, key: command.key, kind: command.do })
      return
    }
    case 'abandon':
    case 'hang_up':
      if (!tasks.delete(taskName(command.activity))) throw new Error(`${taskName(command.activity)} was not out`)
      return
    case 'arm_timer':
      if (fired.has(command.key)) throw new Error(`I5: timer ${command.key} is armed again after it fired`)
      timers.set(command.key, command.timer)
      return
    case 'disarm_timer':
      if (!timers.delete(command.key)) throw new Error(`timer ${command.key} was not armed`)
  }
}

function keepRows({ rows, program, state }: ModelHost, made: Transition): void {
  for (const row of project(state, made.events).steps) {
    const key = [row.epoch, row.path, row.step_id, row.visit, row.attempt].join(' ')
    const step = program.step(row.step_id)
    const forks = step !== undefined && program.type(step)?.behavior === 'fork'
    rows.set(key, {
      epoch: row.epoch,
      path: row.path,
      step: row.step_id,
      visit: row.visit,
      output: row.output,
      source: row.source ?? 'call',
      completed: row.status === 'completed',
      fork: forks ? (row.input ?? rows.get(key)?.fork ?? null) : null,
      seq: row.seq,
    })
  }
}
