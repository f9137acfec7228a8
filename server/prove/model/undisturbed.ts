import type { Json } from '#lib/json.ts'
import type { Clock } from '#lib/time.ts'
import { plus } from '#lib/time.ts'
import type { WorkflowDefinition } from '#lib/workflow/definition.ts'
import type { RunEvent } from '#lib/workflow/events.ts'
import { ROOT } from '#lib/workflow/paths.ts'

import { TERMINAL } from '#lib/workflow/state.ts'
import { answerTo, BETWEEN_ANSWERS_MS, naturally } from '#lib/workflow/testing/nature.ts'
import { T0, testCatalog, testData, workflow } from '#lib/workflow/testkit.ts'
import { createMemoryEngine } from '#server/engine/memory/engine.ts'
import type { ChildStart, SignalInput, StartInput } from '#server/engine/port.ts'
import { CALL } from '../setting.ts'

/** The workflows that steps of random ones call. */
export const CALLED = {
  other: workflow([{ id: 'inner', type: 'call', config: { a: true, b: true } }], {
    outputs: { made: 'by another run' },
  }),
  failing: workflow([{ id: 'inner', type: 'call', config: { fails: true } }]),
} as const

/** How a run ended, apart from whatever is each engine's own. */
interface Outcome {
  readonly status: string
  readonly at_root: readonly { readonly step: string; readonly visit: number; readonly output: Json }[]
  readonly outputs: Json
}

/** Texts without ids of runs and the times at which people answered. */
export function outcomeOf({ status, at_root, outputs }: Outcome): Outcome {
  const told = at_root.map(({ step, visit, output }) => ({ step, visit, output }))
  return JSON.parse(JSON.stringify({ status, at_root: told, outputs }), (key, value) =>
    key === 'decided_at' ? undefined : value,
  )
}

/** What becomes of a workflow on the memory engine, where nothing goes wrong by chance. */
export async function undisturbed(definition: WorkflowDefinition): Promise<Outcome> {
  let now = T0
  const clock: Clock = { now: () => new Date(now) }
  const start = (of: WorkflowDefinition): StartInput => ({
    ...{ workflow_id: 'wf', workflow_name: of.name, workflow_version: 1, definition: of },
    ...{ inputs: {}, static: {}, profile: testData().profile, idempotency: null },
  })
  const engine = createMemoryEngine({
    catalog: testCatalog,
    clock,
    directory: testData().directory,
    executors: { call: never, write: never },
    execute: async (_executor, { program }, activity) => {
      const made = naturally(program, activity)
      return made.ok
        ? { ok: true, output: made.result.output, input: null }
        : { ok: false, error: made.error, input: null }
    },
    child: async (called): Promise<ChildStart> => ({ ok: true, start: start(calledWorkflow(called)) }),
  })
  const started = await engine.start(CALL, start(definition))
  const run = started.ok ? engine.runs.get(started.run_id) : undefined
  if (!run) throw new Error('the memory engine started no run')
  for (await engine.settle(); !TERMINAL.has(run.state.status); await engine.settle()) {
    const open = (await engine.describe(run.id))?.waits[0]
    const due = [...engine.runs.values()].flatMap((one) => one.nextTimer() ?? []).toSorted()[0]
    if (open) {
      now = plus(now, BETWEEN_ANSWERS_MS)
      await engine.signal(CALL, signalOf(run.id, open.wait_id, answerTo(run.state, open.wait, now)))
    } else if (due) now = due > now ? due : plus(now, 1)
    else throw new Error(`I1: a run that is ${run.state.status} waits for nothing`)
  }
  const end = run.history.findLast(({ type }) => type === 'run.completed')
  return outcomeOf({
    status: run.state.status,
    at_root: run.data.outputs.filter(({ path }) => path === ROOT),
    outputs: end?.type === 'run.completed' ? end.outputs : null,
  })
}

function calledWorkflow(name: string): WorkflowDefinition {
  return name === 'failing' ? CALLED.failing : CALLED.other
}

/** The answer of the model's people, as it is given at the port. */
export function signalOf(run_id: string, wait_id: string, event: RunEvent): SignalInput {
  const base = { run_id, wait_id, generation: null }
  if (event.type === 'form.submitted') return { ...base, kind: 'form', values: event.values, by: event.by }
  if (event.type !== 'approval.decided') throw new Error(`${event.type} is no answer`)
  const { decision, comment, approver, by } = event
  return { ...base, kind: 'approval', decision, comment, approver, by }
}

const never = () => Promise.reject(new Error('executed by the engine itself'))
