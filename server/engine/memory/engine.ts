import { newId } from '#lib/ids.ts'
import type { JsonObject } from '#lib/json.ts'
import { toAttempted } from '#lib/steps/attempted.ts'
import type { ExecutorResult, StepExecutor } from '#lib/steps/kit.ts'
import type { Clock } from '#lib/time.ts'
import { branchOff } from '#lib/workflow/branch-off.ts'
import { CALLER_ENDED, MAX_DEPTH, returnEvent, tooDeep } from '#lib/workflow/called-runs.ts'
import type { StepCatalog } from '#lib/workflow/catalog.ts'
import type { Command } from '#lib/workflow/commands.ts'
import type { Directory, RunData } from '#lib/workflow/data.ts'
import type { ActivityRef, RunEvent } from '#lib/workflow/events.ts'
import { createProgram, type Program } from '#lib/workflow/program.ts'
import { type Attempted, type HeldRun, holdRun } from '#lib/workflow/simulate.ts'
import { type RunState, TERMINAL } from '#lib/workflow/state.ts'
import { initialState, isCurrent } from '#lib/workflow/transition.ts'
import { unknownEffects } from '#lib/workflow/unknown-effects.ts'
import { withinTurn } from '../children.ts'
import type {
  Call,
  ChildStart,
  EarlySignal,
  EarlySignalAnswer,
  Engine,
  ForkAnswer,
  ForkInput,
  ParentLink,
  RunAnswer,
  SignalAnswer,
  SignalInput,
  StartAnswer,
  StartInput,
} from '../port.ts'
import { closedReason, earlyRefusal, toEarly, toEvent, toReason } from '../signals.ts'
import { callersOf, childrenOf, nextInTurn } from './together.ts'

/** One run of the engine: what the in-memory runner holds, and what the port needs beside it. */
export interface MemoryRun extends HeldRun {
  readonly id: string
  readonly workflow_id: string
  readonly idempotency: StartInput['idempotency']
  readonly parent: ParentLink | null
  readonly concurrency: NonNullable<StartInput['concurrency']> | null
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
  /** Finds the workflow that a step calls. */
  readonly child: (workflow: string, inputs: JsonObject) => Promise<ChildStart>
}

const SYSTEM: Call = { actor: { kind: 'system', name: 'workflow step' }, request_id: 'memory', audit: null }

/** The engine without a database: same port, same core, for tests and for trying a workflow out. */
export function createMemoryEngine(options: MemoryOptions): MemoryEngine {
  const { catalog, clock } = options
  const runs = new Map<string, MemoryRun>()
  const now = (): string => clock.now().toISOString()
  const calls: { readonly run: MemoryRun; readonly command: Extract<Command, { do: 'call' | 'hang_up' }> }[] = []
  const returned = new Set<string>()

  async function start(_call: Call, input: StartInput): Promise<StartAnswer> {
    const earlier = replay(input.workflow_id, input.idempotency)
    if (earlier) return earlier
    const caller = input.parent && runs.get(input.parent.run_id)
    if (caller && input.parent && !isCurrent(caller.state, input.parent.activity))
      return { ok: false, reason: 'caller_over' }
    const { workflow_id, workflow_name, workflow_version, inputs, profile } = input
    const id = newId('run')
    const program = createProgram(input.definition, catalog)
    const data: RunData = {
      run: { id, workflow_id, workflow_name, workflow_version },
      inputs,
      static: input.static,
      profile,
      outputs: [],
      forks: {},
      directory: options.directory,
    }
    const run = hold(id, program, data, initialState(), input)
    run.apply({ type: 'start', hold: run.concurrency !== null, at: now() })
    return { ok: true, run_id: id, status: run.state.status, replayed: false }
  }

  /** The run that this key created before. */
  function replay(workflow_id: string, idempotency: StartInput['idempotency']): StartAnswer | null {
    const earlier =
      idempotency &&
      [...runs.values()].find((run) => run.workflow_id === workflow_id && run.idempotency?.key === idempotency.key)
    if (!earlier) return null
    if (earlier.idempotency?.fingerprint !== idempotency.fingerprint) return { ok: false, reason: 'key_reused' }
    return { ok: true, run_id: earlier.id, status: earlier.state.status, replayed: true }
  }

  function hold(
    id: string,
    program: Program,
    data: RunData,
    from: RunState,
    { idempotency, parent, concurrency }: Pick<StartInput, 'idempotency' | 'parent' | 'concurrency'>,
  ): MemoryRun {
    const held = holdRun({
      program,
      data,
      from,
      now,
      execute: (activity, key) => execute(run, activity, key),
      call: (command) => calls.push({ run, command }),
    })
    const run: MemoryRun = Object.assign(held, {
      id,
      workflow_id: data.run.workflow_id,
      idempotency,
      parent: parent ?? null,
      concurrency: concurrency ?? null,
    })
    runs.set(id, run)
    return run
  }

  async function fork(_call: Call, input: ForkInput): Promise<ForkAnswer> {
    const { run_id, from_step, inputs, profile, idempotency } = input
    const run = runs.get(run_id)
    if (!run) return { ok: false, reason: 'not_found', status: null }
    const earlier = replay(run.workflow_id, idempotency)
    if (earlier) return earlier
    const id = newId('run')
    const off = branchOff(run.program, run.state, run.data, from_step, { ...run.data.run, id })
    if (off === null) return { ok: false, reason: 'unknown_step', status: run.state.status }
    const data = { ...off.data, profile, inputs: { ...off.data.inputs, ...inputs } }
    const made = hold(id, run.program, data, off.state, input)
    made.apply({ type: 'start', from: from_step, hold: made.concurrency !== null, at: now() })
    return { ok: true, run_id: id, status: made.state.status, replayed: false }
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

  async function signalEarly({ actor }: Call, input: EarlySignal): Promise<EarlySignalAnswer> {
    const run = runs.get(input.run_id)
    if (!run) return { ok: false, reason: 'not_found', decided: null }
    const answer = toEarly(input, actor, now())
    const { refused } = run.apply({ type: 'answer.early', answer, at: now() })
    if (!refused) return { ok: true, run_id: run.id, status: run.state.status }
    const told = earlyRefusal(refused, run.state, answer)
    const asked = run.history.findLast((event) => event.type === 'wait.opened' && event.wait.step === input.step)
    if (told.reason !== 'decided' || told.decided || asked?.type !== 'wait.opened') return told
    return { ...told, decided: closed(run, asked.wait.key).decided }
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
      busy = (await answerCalls()) || returnToCallers() || admitQueued()
      for (const run of runs.values()) if (await run.settle()) busy = true
    }
  }

  /** Starts and cancels the runs that steps of others asked for. */
  async function answerCalls(): Promise<boolean> {
    const given = calls.splice(0)
    for (const { run, command } of given) {
      const { activity, key } = command
      if (command.do === 'hang_up') {
        for (const child of childrenOf(runs, run, activity))
          child.apply({ type: 'cancel', reason: CALLER_ENDED, at: now() })
        continue
      }
      const callers = callersOf(runs, run)
      const found: ChildStart =
        callers.length < MAX_DEPTH
          ? await options.child(command.workflow, command.inputs)
          : { ok: false, error: tooDeep() }
      if (!found.ok) {
        const result = { input: { workflow: command.workflow, inputs: command.inputs }, ai_calls: [] }
        run.apply({ type: 'step.failed', activity, error: found.error, result, at: now() })
        continue
      }
      const idempotency = { key: `${key}:${activity.attempt}`, fingerprint: key }
      await start(SYSTEM, { ...withinTurn(found.start, callers), idempotency, parent: { run_id: run.id, activity } })
    }
    return given.length > 0
  }

  /** Tells callers of the runs that ended. */
  function returnToCallers(): boolean {
    let told = false
    for (const child of runs.values()) {
      const caller = child.parent && runs.get(child.parent.run_id)
      if (!caller || !child.parent || returned.has(child.id) || !TERMINAL.has(child.state.status)) continue
      returned.add(child.id)
      told = true
      const { status, error } = child.state
      const ended = child.history.findLast(({ type }) => type === 'run.completed')
      const outputs = ended?.type === 'run.completed' ? ended.outputs : null
      caller.apply(returnEvent({ run_id: child.id, status, outputs, error }, child.parent.activity, now()))
    }
    return told
  }

  /** Lets queued runs begin whose turn it is. */
  function admitQueued(): boolean {
    const next = nextInTurn(runs)
    next?.apply({ type: 'admit', at: now() })
    return next !== null
  }

  return {
    runs,
    settle,
    start,
    signal,
    signalEarly,
    cancel: async (_call, { run_id, reason }) => change(run_id, { type: 'cancel', reason, at: now() }),
    retry: async (_call, { run_id, from_step, inputs }) =>
      change(run_id, {
        type: 'retry',
        from: from_step,
        inputs,
        hold: Boolean(runs.get(run_id)?.concurrency),
        at: now(),
      }),
    fork,
    resolve: async (_call, { run_id, effect, resolution, by }) => {
      const activity = runs.get(run_id) && unknownEffects(run_id, runs.get(run_id)?.state ?? initialState()).get(effect)
      if (!activity) return { ok: false, reason: runs.has(run_id) ? 'unknown_effect' : 'not_found', status: null }
      return change(run_id, { type: 'effect.resolved', activity, resolution, by, at: now() })
    },
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

function closed(run: MemoryRun, key: string): Extract<SignalAnswer, { ok: false }> {
  const fact = run.history.find((event) => event.type === 'wait.closed' && event.wait === key)
  const outcome = fact?.type === 'wait.closed' ? fact.outcome : 'canceled'
  const by = fact?.type === 'wait.closed' ? (fact.by?.label ?? null) : null
  return { ok: false, reason: closedReason(outcome), decided: { outcome, by, at: fact?.at ?? null } }
}
