import type { JsonObject } from '#lib/json.ts'
import { openingOf } from '#lib/simulation/answer-wait.ts'
import type { Played } from '#lib/simulation/play.ts'
import { stepCatalog } from '#lib/steps/definitions.ts'
import type { StepContext } from '#lib/steps/kit.ts'
import type { Clock } from '#lib/time.ts'
import type { Directory } from '#lib/workflow/data.ts'
import { createMemoryEngine, type MemoryRun } from '../memory/engine.ts'
import type { ChildStart } from '../port.ts'
import { attempt } from '../postgres/worker/attempt.ts'
import type { WorkerPorts } from '../postgres/worker/parts.ts'
import type { Stage } from './stage.ts'
import { type Told, toldOf } from './told.ts'

export interface MemoryStage extends Stage {
  told(run_id: string): Told
}

/** The memory engine, whose attempts are executed as a worker of the Postgres engine executes them. */
export function openMemoryStage(options: {
  readonly clock: Stage['clock'] & Clock
  readonly ports: WorkerPorts
  readonly people: Directory
  readonly child: (workflow: string, inputs: JsonObject) => Promise<ChildStart>
  readonly onError: (error: unknown) => void
}): MemoryStage {
  const { clock, ports, people, child, onError } = options
  const engine = createMemoryEngine({
    catalog: stepCatalog,
    clock,
    directory: people,
    executors: ports.executors,
    child,
    execute,
  })

  async function execute(_executor: unknown, run: MemoryRun, activity: StepContext['activity'], key: string) {
    const { id, state, data, program } = run
    const worker = {
      parts: { clock },
      ports,
      lease: { held: () => true },
      stop: new AbortController().signal,
      report: onError,
    }
    const loaded = { id, state, data, program, request_id: 'test-run' }
    const effect = { sent: async () => {}, begun: () => false, withheld: () => false }
    const event = await attempt(worker, loaded, { activity, key }, effect)
    if (event?.type === 'step.succeeded') return { ok: true, ...event.result } as const
    if (event?.type === 'step.failed') return { ok: false, error: event.error, ...event.result } as const
    throw new Error(`nothing came of ${activity.step}`)
  }

  const held = (run_id: string): MemoryRun => {
    const run = engine.runs.get(run_id)
    if (!run) throw new Error(`there is no run ${run_id}`)
    return run
  }
  return {
    engine,
    clock,
    settle: engine.settle,
    async fields(run_id, wait_id) {
      const wait = (await engine.describe(run_id))?.waits.find((open) => open.wait_id === wait_id)
      const opening = wait && openingOf(held(run_id), wait.wait.key)
      return opening?.kind === 'form' ? opening.fields : []
    },
    told(run_id) {
      const run = held(run_id)
      const { definition } = run.program
      const [created] = run.history
      const now = () => clock.now().toISOString()
      const played: Played = {
        run,
        clock: { now, moveTo: () => {} },
        definition,
        startedAt: created?.at ?? now(),
        problem: null,
      }
      return toldOf(played)
    },
  }
}
