import type { SourcePath } from './diagnostics.ts'
import type { Reporter } from './normalise-report.ts'
import type { StepDraft } from './normalise-step.ts'
import type { SourceText } from './parse.ts'
import { endingSteps, type Graph, waysOf } from './reach.ts'
import { nearest } from './suggest.ts'

interface Target {
  readonly to: string | null
  /** In the step's canonical parameters. */
  readonly path: SourcePath
}

/** Everything a step may jump to that is written down, whether it exists or not. */
function written({ step, type, sound, nextGiven }: StepDraft): readonly Target[] {
  return [
    ...(nextGiven ? [{ to: step.next, path: ['next'] }] : []),
    ...(step.on_error === null ? [] : [{ to: step.on_error, path: ['on_error'] }]),
    ...(type && sound ? type.jumps(step.config) : []),
  ]
}

/** Whether a run may follow the step's `next` at all. */
export function followsNext({ step, type, sound }: StepDraft): boolean {
  return step.when !== null || !type || !sound || type.decidesNext?.(step.config) !== true
}

export function graphOf(steps: readonly StepDraft[]): Graph {
  const ids = new Set(steps.map(({ step }) => step.id))
  return new Map(
    steps.map((draft) => {
      const jumps = draft.type && draft.sound ? draft.type.jumps(draft.step.config).map(({ to }) => to) : []
      const next = followsNext(draft) ? [draft.step.next] : []
      const handler = draft.step.on_error === null ? [] : [draft.step.on_error]
      const targets = [...next, ...handler, ...jumps].filter((to) => to === null || ids.has(to))
      return [draft.step.id, new Set(targets)] as const
    }),
  )
}

/**
 * Jumps that lead nowhere, steps no run comes to, and steps no run gets out of.
 * `start: null` says that steps of the text are missing here, so that nothing can be said of the ways between them.
 */
export function checkGraph(
  steps: readonly StepDraft[],
  start: string | null,
  source: SourceText,
  reporter: Reporter,
): Graph {
  const ids = steps.map(({ step }) => step.id)
  const known = { ids, set: new Set(ids), search: boundedSearch(ids) }
  const lost = steps.filter((draft) => !checkTargets(draft, known, source, reporter))
  const graph = graphOf(steps)
  if (start !== null && lost.length === 0 && steps.every(({ sound }) => sound)) checkWays(steps, start, graph, reporter)
  return graph
}

/** A text in which nearly every target is wrong is not mended name by name; comparing all with all would take seconds. */
const MOST_SEARCHES = 50

function boundedSearch(ids: readonly string[]): (name: string) => string | undefined {
  let left = MOST_SEARCHES
  return (name) => (left-- > 0 ? nearest(name, ids) : undefined)
}

interface KnownSteps {
  readonly ids: readonly string[]
  readonly set: ReadonlySet<string>
  readonly search: (name: string) => string | undefined
}

/** Answers whether every target exists. */
function checkTargets(
  draft: StepDraft,
  { ids, set, search }: KnownSteps,
  source: SourceText,
  reporter: Reporter,
): boolean {
  const lost = written(draft).flatMap(({ to, path }) => (to === null || set.has(to) ? [] : [{ to, path }]))
  for (const { to, path } of lost) {
    const place = draft.at(path)
    const meant = search(to)
    const edit = meant === undefined ? null : source.edit(place, 0, to.length, meant)
    reporter.error('step.unknown_target', `There is no step ${to} to go to.`, place, {
      hint:
        meant === undefined
          ? `Steps are ${ids.slice(0, 10).join(', ')}${ids.length > 10 ? ' …' : ''}.`
          : `Did you mean ${meant}?`,
      fix: edit === null ? undefined : { title: `Change to ${meant}`, edits: [edit] },
    })
  }
  return lost.length === 0
}

function checkWays(steps: readonly StepDraft[], start: string, graph: Graph, reporter: Reporter): void {
  const reached = waysOf(graph)([start])
  const ends = endingSteps(graph)
  for (const { step, path } of steps) {
    const place = [...path, 'id']
    if (!reached.has(step.id)) {
      const message = `No run ever comes to ${step.id}: nothing leads there from ${start}. Let a step's next name it, or remove it.`
      reporter.error('step.unreachable', message, place)
    } else if (!ends.has(step.id)) {
      const message = `From ${step.id} no way leads to the end: the run would go round for good. Let one of the steps end it with next: end.`
      reporter.error('step.no_end', message, place)
    }
  }
}
