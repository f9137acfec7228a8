import { newId } from '#lib/ids.ts'
import { toAttempted } from '#lib/steps/attempted.ts'
import type { ExecutorResult, StepExecutor } from '#lib/steps/kit.ts'
import type { Clock } from '#lib/time.ts'
import type { StepCatalog } from '#lib/workflow/catalog.ts'
import type { Directory } from '#lib/workflow/data.ts'
import type { ActivityRef, RunEvent } from '#lib/workflow/events.ts'
import { createProgram } from '#lib/workflow/program.ts'
import { type Attempted, type HeldRun, holdRun } from '#lib/workflow/simulate.ts'
import type { Call, Engine, RunAnswer, SignalAnswer, SignalInput, StartAnswer, StartInput } from '../port.ts'
import { closedReason, toEvent, toReason } from '../signals.ts'

/** One run of the engine: what the in-memory runner holds, and what the port needs beside it. */
export interface MemoryRun extends HeldRun {
  readonly id: string
  readonly workflow_id: string
  readonly idempotency: StartInput['idempotency']
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
    const held = holdRun({
      program: createProgram(input.definition, catalog),
      data: {
        run: { id, workflow_id, workflow_name, workflow_version },
        inputs,
        static: input.static,
        profile,
        outputs: [],
        directory: options.directory,
      },
      now,
      execute: (activity, key) => execute(run, activity, key),
    })
    const run: MemoryRun = Object.assign(held, { id, workflow_id, idempotency })
    runs.set(id, run)
    run.apply({ type: 'start', at: now() })
    return { ok: true, run_id: id, status: run.state.status, replayed: false }
  }

  async function signal(call: Call, input: SignalInput): Promise<SignalAnswer> {
    const run = runs.get(input.run_id)
    const key = run && waitKeys(run).find((candidate) => waitId(run, candidate) === input.wait_id)
    if (!run || key === undefined) return { ok: false, reason: 'not_found', decided: null }
    const wait = run.state.waits[key]
    if (!wait) return closed(run, key)
    const event = toEvent(wait, input, call.actor, now())
    if (typeof event === 'string') return { ok: false, reason: event, decided: null }
    const made = run.apply(event)
    if (made.refused) return { ok: false, reason: toReason(made.refused), decided: null }
    return { ok: true, run_id: run.id, status: run.state.status, wait_open: key in run.state.waits }
  }

  function change(run_id: string, event: RunEvent): RunAnswer {
    const run = runs.get(run_id)
    if (!run) return { ok: false, reason: 'not_found', status: null }
    const { refused } = run.apply(event)
    if (!refused) return { ok: true, run_id, status: run.state.status }
    return { ok: false, reason: refused === 'unknown_step' ? 'unknown_step' : 'wrong_state', status: run.state.status }
  }

  async function execute(run: MemoryRun, activity: ActivityRef, key: string): Promise<Attempted> {
    const executor = options.executors[run.program.step(activity.step)?.type ?? '']
    if (!executor) throw new Error(`no executor for ${activity.step}`)
    return toAttempted(await options.execute(executor, run, activity, key))
  }

  async function settle(): Promise<void> {
    for (let busy = true; busy; ) {
      busy = false
      for (const run of runs.values()) if (await run.settle()) busy = true
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
      const waits = Object.values(state.waits).map((wait) => ({ wait_id: waitId(run, wait.key), wait }))
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

/** Waits that are or were open, by the key the core gave them. */
function waitKeys(run: MemoryRun): readonly string[] {
  return run.history.flatMap((fact) => (fact.type === 'wait.opened' ? [fact.wait.key] : []))
}

/** As unique as the run: its key within it follows. */
function waitId(run: MemoryRun, key: string): string {
  return `${run.id}/${key}`
}

function closed(run: MemoryRun, key: string): SignalAnswer {
  const fact = run.history.find((event) => event.type === 'wait.closed' && event.wait === key)
  const outcome = fact?.type === 'wait.closed' ? fact.outcome : 'canceled'
  const by = fact?.type === 'wait.closed' ? (fact.by?.label ?? null) : null
  return { ok: false, reason: closedReason(outcome), decided: { outcome, by, at: fact?.at ?? null } }
}
