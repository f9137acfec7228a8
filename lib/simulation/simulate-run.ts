import type { RunContext } from '#lib/contracts/runs.ts'
import { provenanceOf } from '#lib/provenance.ts'
import { foldContext } from '#lib/workflow/context.ts'
import { type Played, type PlayOptions, play } from './play.ts'
import { storyOf } from './story.ts'
import { attemptsOf, eventsOf, toRunDetail } from './to-detail.ts'
import type { SimulatedRun } from './types.ts'

/** Plays a script and answers what the product's own pages would show of the run. See `play` for what it throws. */
export async function simulateRun(options: PlayOptions): Promise<SimulatedRun> {
  const played = await play(options)
  const run = toRunDetail(played)
  const story = storyOf(played)
  return {
    run,
    attempts: attemptsOf(played.run),
    events: eventsOf(played.run),
    context: contextOf(played),
    mails: story.flatMap((entry) => (entry.kind === 'mail' ? [entry.mail] : [])),
    story,
    provenance: provenanceOf(run.waiting?.approval?.show ?? {}, played.run.data.outputs),
    now: played.clock.now(),
    next_timer: nextTimer(played),
    problem: played.problem,
  }
}

/** The context as it is now, or as the latest visit of a step began with it; null where the run has not reached that step. */
export function contextOf({ run }: Played): RunContext
export function contextOf({ run }: Played, at: string): RunContext | null
export function contextOf({ run }: Played, at?: string): RunContext | null {
  const began = at === undefined ? null : run.history.findLast((e) => isBeginning(e) && e.step === at)
  if (began === undefined) return null
  const until = began?.seq ?? Number.POSITIVE_INFINITY
  const outputs = run.history.flatMap((e) =>
    e.type === 'step.completed' && e.seq < until
      ? [{ path: e.path, step: e.step, visit: e.visit, output: e.output, source: e.source }]
      : [],
  )
  const { static: constants, profile, runtime, steps } = foldContext(run.program, { ...run.data, outputs })
  return { static: constants, profile, runtime, steps }
}

type Fact = Played['run']['history'][number]

function isBeginning(event: Fact): event is Extract<Fact, { type: 'step.started' | 'step.skipped' }> {
  return event.type === 'step.started' || event.type === 'step.skipped'
}

function nextTimer({ run }: Played): SimulatedRun['next_timer'] {
  const due = run.nextTimer()
  const timer = Object.values(run.state.timers).find((armed) => armed.due === due)
  return timer ? { at: timer.due, kind: timer.kind } : null
}
