import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import type { Json } from '../../json.ts'
import { plus } from '../../time.ts'
import type { WorkflowDefinition } from '../definition.ts'
import { ROOT } from '../paths.ts'
import { createVirtualClock, holdRun, passTime } from '../simulate.ts'
import { type RunState, TERMINAL } from '../state.ts'
import { T0, testData } from '../testkit.ts'
import type { transition } from '../transition.ts'
import { type Act, acts, answered, answerOf, happen, resolved, unknownOf } from './acts.ts'
import { createHost, type ModelHost } from './host.ts'
import { checkSame, checkTurn, hold } from './invariants.ts'
import { answerTo, BETWEEN_ANSWERS_MS, naturally } from './nature.ts'
import { type Weather, workflows } from './sketch.ts'

export interface ModelReport {
  readonly runs: number
  readonly events: number
  readonly ends: Readonly<Record<string, number>>
  readonly seed: number
  /** null: every invariant held. */
  readonly broken: { readonly message: string; readonly path: string | null } | null
}

export interface ModelOptions {
  readonly seed: number
  /** Of each weather. */
  readonly runs: number
  /** Where a failing run was found, to begin there. */
  readonly path?: string
  /** The core under test; a broken one shows that the model tells. */
  readonly decide?: typeof transition
  /** Whether the smallest failing run is looked for. */
  readonly shrink?: boolean
}

/**
 * Random workflows under random events, `runs` of each weather, all invariants held after every event. Rough: anything may
 * happen in any order. Calm: attempts fail, events come twice, late and stale; the outputs are those of an undisturbed run.
 */
export async function modelCheck({ seed, runs, path, decide, shrink = true }: ModelOptions): Promise<ModelReport> {
  const count = { runs: 0, events: 0, ends: {} as Record<string, number> }
  const property = (weather: Weather) =>
    fc.asyncProperty(workflows(weather), acts(weather), async (definition, happening) => {
      const host = live(definition, happening, decide)
      if (weather === 'calm') await sameAsUndisturbed(host)
      count.runs++
      count.events += host.history.length
      count.ends[host.state.status] = (count.ends[host.state.status] ?? 0) + 1
    })
  for (const weather of ['rough', 'calm'] as const) {
    const of = path?.startsWith(`${weather}:`) ? path.slice(weather.length + 1) : undefined
    if (path !== undefined && of === undefined) continue
    const checked = await fc.check(property(weather), {
      seed,
      numRuns: runs,
      endOnFailure: !shrink,
      ...(of === undefined ? {} : { path: of }),
    })
    if (checked.failed) {
      const [definition, happening] = checked.counterexample ?? []
      const told = { definition, happening }
      return {
        ...count,
        seed,
        broken: {
          message: `${checked.errorInstance instanceof Error ? checked.errorInstance.stack : checked.errorInstance}\n${JSON.stringify(told)}`,
          path: `${weather}:${checked.counterexamplePath}`,
        },
      }
    }
  }
  return { ...count, seed, broken: null }
}

/** One run through all that happens, and on to its end. */
function live(definition: WorkflowDefinition, happening: readonly Act[], decide?: typeof transition): ModelHost {
  const host = createHost(definition, checkTurn, decide)
  const start = { type: 'start', at: host.now } as const
  checkSame(host, start)
  host.apply(start)
  for (const act of happening) happen(host, act)
  finish(host)
  return host
}

/** I1: without further trouble every run comes to its end. */
function finish(host: ModelHost): void {
  while (!TERMINAL.has(host.state.status)) {
    const [task] = host.tasks.values()
    const [unknown] = unknownOf(host.state)
    const [wait] = Object.values(host.state.waits)
    const [timer] = Object.entries(host.state.timers).toSorted(([, a], [, b]) => (a.due < b.due ? -1 : 1))
    if (timer && timer[1].due > host.now && !task && !unknown && !wait) host.now = timer[1].due
    const event = task
      ? answerOf(host, task)
      : unknown
        ? resolved(host, unknown, { do: 'repeat' })
        : wait
          ? answered(host, wait)
          : timer && ({ type: 'timer.fired', timer: timer[0], at: host.now } as const)
    if (!event) throw new Error(`I1: a run that is ${host.state.status} waits for nothing`)
    checkSame(host, event)
    const { refused } = host.apply(event)
    hold(refused === null, `I1: ${event.type} was refused: ${refused}`)
  }
}

/** I6: outputs and outcome are those of the same workflow in the in-memory runner, where nothing goes wrong by chance. */
async function sameAsUndisturbed(host: ModelHost): Promise<void> {
  const clock = createVirtualClock(T0)
  const { program } = host
  const run = holdRun({
    program,
    data: testData(),
    now: clock.now,
    execute: async (activity) => naturally(program, activity),
  })
  run.apply({ type: 'start', at: clock.now() })
  await run.settle()
  while (!TERMINAL.has(run.state.status)) {
    const [wait] = Object.values(run.state.waits)
    if (wait) {
      clock.moveTo(plus(clock.now(), BETWEEN_ANSWERS_MS))
      run.apply(answerTo(run.state, wait, clock.now()))
    }
    await (wait ? run.settle() : passTime(run, clock, Date.parse(run.nextTimer() ?? T0) - Date.parse(clock.now())))
  }
  const one = outcome(run.state, run.data.outputs, run.history.at(-1))
  const other = outcome(host.state, host.data.outputs, host.history.at(-1))
  hold(isDeepStrictEqual(one, other), `I6: undisturbed ${JSON.stringify(one)}, disturbed ${JSON.stringify(other)}`)
}

function outcome(state: RunState, outputs: ModelHost['data']['outputs'], end: unknown): Json {
  const at_root = outputs
    .filter(({ path }) => path === ROOT)
    .map(({ step, visit, output }) => ({ step, visit, output }))
  const rendered = typeof end === 'object' && end !== null && 'outputs' in end ? end.outputs : null
  const told = JSON.parse(JSON.stringify({ status: state.status, at_root, rendered }), (key, value) =>
    key === 'decided_at' ? undefined : value,
  )
  return told as Json
}
