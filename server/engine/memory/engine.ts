import { newId } from '#lib/ids.ts'
import type { ExecutorResult, StepExecutor } from '#lib/steps/kit.ts'
import type { Clock } from '#lib/time.ts'
import type { StepCatalog } from '#lib/workflow/catalog.ts'
import type { MessageRequest } from '#lib/workflow/commands.ts'
import type { Directory, RunData } from '#lib/workflow/data.ts'
import type { ActivityRef, HistoryEvent, RunEvent } from '#lib/workflow/events.ts'
import { createProgram, type Program } from '#lib/workflow/program.ts'
import type { RunState } from '#lib/workflow/state.ts'
import { initialState, type Transition, transition } from '#lib/workflow/transition.ts'
import type { Call, Engine, RunAnswer, SignalAnswer, SignalInput, StartAnswer, StartInput } from '../port.ts'
import { closedReason, toEvent, toReason } from '../signals.ts'

/** One run held in memory. */
export interface MemoryRun {
  readonly id: string
  readonly program: Program
  readonly workflow_id: string
  readonly idempotency: StartInput['idempotency']
  state: RunState
  data: RunData
  readonly history: HistoryEvent[]
  readonly messages: MessageRequest[]
  readonly waitIds: Map<string, string>
  readonly activities: Map<string, { activity: ActivityRef; key: string }>
}

export interface MemoryEngine extends Engine {
  readonly runs: ReadonlyMap<string, MemoryRun>
  /** Executes every step and fires every timer that is due, until nothing is left to do now. */
  settle(): Promise<void>
}

export interface MemoryOptions {
  readonly catalog: StepCatalog
  readonly clock: Clock
  readonly directory: Directory
  readonly executors: { readonly [type: string]: StepExecutor | undefined }
  /** Builds what an executor is given; the ports of the outside world are the caller's. */
  readonly execute: (
    executor: StepExecutor,
    run: MemoryRun,
    activity: ActivityRef,
    key: string,
  ) => Promise<ExecutorResult>
}

/** The engine without a database: same port, same core, for tests and for trying a workflow out. */
export function createMemoryEngine(options: MemoryOptions): MemoryEngine {
  const { catalog, clock } = options
  const runs = new Map<string, MemoryRun>()
  const now = (): string => clock.now().toISOString()

  function apply(run: MemoryRun, event: RunEvent): Transition {
    const made = transition(run.program, run.state, run.data, event)
    run.state = made.state
    run.data = made.data
    run.history.push(...made.events)
    for (const fact of made.events) if (fact.type === 'wait.opened') run.waitIds.set(fact.wait.key, newId('wait'))
    for (const command of made.commands) {
      if (command.do === 'execute') run.activities.set(`${command.key}:${command.activity.attempt}`, command)
      if (command.do === 'abandon') run.activities.delete(`${command.key}:${command.activity.attempt}`)
      if (command.do === 'send') run.messages.push(command.message)
    }
    return made
  }

  async function start(_call: Call, input: StartInput): Promise<StartAnswer> {
    const { idempotency } = input
    const earlier =
      idempotency &&
      [...runs.values()].find((r) => r.workflow_id === input.workflow_id && r.idempotency?.key === idempotency.key)
    if (earlier) {
      if (earlier.idempotency?.fingerprint !== idempotency.fingerprint) return { ok: false, reason: 'key_reused' }
      return { ok: true, run_id: earlier.id, status: earlier.state.status, replayed: true }
    }
    const { workflow_id, workflow_name, workflow_version, inputs, profile } = input
    const id = newId('run')
    const run: MemoryRun = {
      id,
      program: createProgram(input.definition, catalog),
      workflow_id,
      idempotency,
      state: initialState(),
      data: {
        run: { id, workflow_id, workflow_name, workflow_version },
        inputs,
        static: input.static,
        profile,
        outputs: [],
        directory: options.directory,
      },
      history: [],
      messages: [],
      waitIds: new Map(),
      activities: new Map(),
    }
    runs.set(id, run)
    apply(run, { type: 'start', at: now() })
    return { ok: true, run_id: id, status: run.state.status, replayed: false }
  }

  async function signal(call: Call, input: SignalInput): Promise<SignalAnswer> {
    const run = runs.get(input.run_id)
    const key = run && [...run.waitIds].find(([, id]) => id === input.wait_id)?.[0]
    if (!run || key === undefined) return { ok: false, reason: 'not_found', decided: null }
    const wait = run.state.waits[key]
    if (!wait) return closed(run, key)
    const event = toEvent(wait, input, call.actor, now())
    if (typeof event === 'string') return { ok: false, reason: event, decided: null }
    const made = apply(run, event)
    if (made.refused) return { ok: false, reason: toReason(made.refused), decided: null }
    return { ok: true, run_id: run.id, status: run.state.status, wait_open: key in run.state.waits }
  }

  function change(run_id: string, event: RunEvent): RunAnswer {
    const run = runs.get(run_id)
    if (!run) return { ok: false, reason: 'not_found', status: null }
    const { refused } = apply(run, event)
    if (!refused) return { ok: true, run_id, status: run.state.status }
    return { ok: false, reason: refused === 'unknown_step' ? 'unknown_step' : 'wrong_state', status: run.state.status }
  }

  async function settle(): Promise<void> {
    for (let busy = true; busy; ) {
      busy = false
      for (const run of runs.values()) {
        for (const [key, timer] of Object.entries(run.state.timers)) {
          if (timer.due > now()) continue
          apply(run, { type: 'timer.fired', timer: key, at: now() })
          busy = true
        }
        for (const [name, { activity, key }] of [...run.activities]) {
          run.activities.delete(name)
          const executor = options.executors[run.program.step(activity.step)?.type ?? '']
          if (!executor) throw new Error(`no executor for ${activity.step}`)
          const result = await options.execute(executor, run, activity, key)
          apply(run, asEvent(activity, result, now()))
          busy = true
        }
      }
    }
  }

  return {
    runs,
    settle,
    start,
    signal,
    cancel: async (_call, { run_id, reason }) => change(run_id, { type: 'cancel', reason, at: now() }),
    retry: async (_call, { run_id, from_step, inputs }) =>
      change(run_id, { type: 'retry', from: from_step, inputs, at: now() }),
    describe: async (run_id) => {
      const run = runs.get(run_id)
      if (!run) return null
      const { state, data } = run
      const waits = Object.values(state.waits).map((wait) => ({ wait_id: run.waitIds.get(wait.key) ?? '', wait }))
      return {
        run_id,
        workflow_id: run.workflow_id,
        workflow_version: data.run.workflow_version,
        status: state.status,
        state,
        waits,
      }
    },
  }
}

function asEvent(activity: ActivityRef, result: ExecutorResult, at: string): RunEvent {
  const report = { input: result.input, ai_calls: result.ai_calls ?? [] }
  return result.ok
    ? { type: 'step.succeeded', activity, result: { ...report, output: result.output }, at }
    : { type: 'step.failed', activity, error: result.error, result: report, at }
}

function closed(run: MemoryRun, key: string): SignalAnswer {
  const fact = run.history.find((event) => event.type === 'wait.closed' && event.wait === key)
  const outcome = fact?.type === 'wait.closed' ? fact.outcome : 'canceled'
  const by = fact?.type === 'wait.closed' ? (fact.by?.label ?? null) : null
  return { ok: false, reason: closedReason(outcome), decided: { outcome, by, at: fact?.at ?? null } }
}
