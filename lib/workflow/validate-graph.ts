import { type SourcePath, valueAt } from './diagnostics.ts'
import type { Reporter } from './normalise-report.ts'
import type { StepDraft } from './normalise-step.ts'
import type { SourceText } from './parse.ts'
import { endingSteps, followers, type Graph, waysOf } from './reach.ts'
import { nearest } from './suggest.ts'

interface Target {
  readonly to: string | null
  /** In the step's canonical parameters. */
  readonly path: SourcePath
}

/** Everything a step may jump to that is written down, whether it exists or not. */
function written({ step, type, parts, nextGiven }: StepDraft): readonly Target[] {
  return [
    ...(nextGiven ? [{ to: step.next, path: ['next'] }] : []),
    ...(step.on_error === null ? [] : [{ to: step.on_error, path: ['on_error'] }]),
    ...(type && parts ? type.jumps(parts.config).filter(({ path }) => !parts.broken.has(String(path[0]))) : []),
  ]
}

/** Whether a run may follow the step's `next` at all. */
export function followsNext({ step, type, sound }: StepDraft): boolean {
  return step.when !== null || !type || !sound || type.decidesNext?.(step.config) !== true
}

/** Where a run, or what is inside a step, can go. The end of a sequence is null, whatever comes after it. */
export function graphOf(steps: readonly StepDraft[]): Graph {
  const homes = new Map(steps.map(({ step, sequence }) => [step.id, sequence]))
  return new Map(
    steps.map((draft) => {
      const jumps = draft.type && draft.sound ? draft.type.jumps(draft.step.config).map(({ to }) => to) : []
      const next = followsNext(draft) ? [draft.step.next] : []
      const handler = draft.step.on_error === null ? [] : [draft.step.on_error]
      const targets = [...next, ...handler, ...jumps].filter((to) => to === null || homes.get(to) === draft.sequence)
      return [draft.step.id, new Set(targets)] as const
    }),
  )
}

/** Jumps that lead nowhere or across a boundary, steps no run comes to, and steps no run gets out of. */
export function checkGraph(steps: readonly StepDraft[], start: string, source: SourceText, reporter: Reporter): Graph {
  const known = { byId: new Map(steps.map((draft) => [draft.step.id, draft])), search: boundedSearch() }
  const lost = steps.filter((draft) => !checkTargets(draft, known, source, reporter) || !draft.leads)
  const graph = graphOf(steps)
  for (const sequence of new Set(steps.map((draft) => draft.sequence))) {
    const members = steps.filter((draft) => draft.sequence === sequence)
    // Where steps of the text are missing nothing can be said of the ways between the others.
    if (!sequence.complete) continue
    const first = sequence.inside === null ? start : (sequence.ids[0] ?? start)
    const begins = sequence.inside === null && !beginsAt(start, source) ? sequence.ids : [first]
    checkWays(members, begins, withAnyWay(graph, lost, sequence.ids), reporter)
  }
  return graph
}

/** A text in which nearly every target is wrong is not mended name by name; comparing all with all would take seconds. */
const MOST_SEARCHES = 50

type Search = (name: string, ids: readonly string[]) => string | undefined

function boundedSearch(): Search {
  let left = MOST_SEARCHES
  return (name, ids) => (left-- > 0 ? nearest(name, ids) : undefined)
}

interface KnownSteps {
  readonly byId: ReadonlyMap<string, StepDraft>
  readonly search: Search
}

/** Answers whether every target can be gone to. */
function checkTargets(draft: StepDraft, { byId, search }: KnownSteps, source: SourceText, reporter: Reporter): boolean {
  const { ids } = draft.sequence
  const lost = written(draft).flatMap(({ to, path }) => {
    const target = to === null ? undefined : byId.get(to)
    return to === null || target?.sequence === draft.sequence ? [] : [{ to, path, target }]
  })
  for (const { to, path, target } of lost) {
    const place = draft.at(path)
    const listed = `Steps are ${ids.slice(0, 10).join(', ')}${ids.length > 10 ? ' …' : ''}.`
    if (target) {
      reporter.error('step.crosses_boundary', boundary(draft, target), place, { hint: listed })
      continue
    }
    const meant = search(to, ids)
    const edit = meant === undefined ? null : source.edit(place, 0, to.length, meant)
    reporter.error('step.unknown_target', `There is no step ${to} to go to.`, place, {
      hint: meant === undefined ? listed : `Did you mean ${meant}?`,
      fix: edit === null ? undefined : { title: `Change to ${meant}`, edits: [edit] },
    })
  }
  return lost.length === 0
}

function boundary(from: StepDraft, to: StepDraft): string {
  const { inside } = to.sequence
  const reason =
    inside === null
      ? `${from.step.id} stands inside ${from.sequence.inside?.step}, which is left only at its end`
      : `${to.step.id} stands inside ${inside.step}${inside.as === undefined ? `, in ${inside.block}` : ''}, which is entered only at its beginning`
  return `No jump leads from ${from.step.id} to ${to.step.id}: ${reason}.`
}

/** Whether the run begins where the author says; false where that is no step. */
function beginsAt(start: string, { value }: SourceText): boolean {
  const given = valueAt(value, ['start_step']) ?? null
  return given === null || (typeof given === 'string' && given.trim().toLowerCase() === start)
}

/** A step of which it is not known where it goes may go anywhere: what is missed even so is missed for certain. */
function withAnyWay(graph: Graph, lost: readonly StepDraft[], ids: readonly string[]): Graph {
  const anywhere = new Set([...ids, null])
  const wide = new Map(graph)
  for (const { step } of lost) if (ids.includes(step.id)) wide.set(step.id, anywhere)
  return wide
}

/** Each lost part is told of once, where a cure begins: at the first step of it that nothing leads to, or of a circle. */
function checkWays(steps: readonly StepDraft[], begins: readonly string[], graph: Graph, reporter: Reporter): void {
  const reached = waysOf(graph)(begins)
  const ends = endingSteps(graph)
  const after = followers(graph)
  const together = (a: string, b: string) => a === b || (after(a).has(b) && after(b).has(a))
  const missed = steps.filter(({ step }) => !reached.has(step.id))
  const caught = steps.filter(({ step }) => reached.has(step.id) && !ends.has(step.id))
  const first = ({ step: { id } }: StepDraft, among: readonly StepDraft[]) =>
    among.find(({ step }) => together(step.id, id))?.step.id === id
  for (const draft of missed) {
    const { id } = draft.step
    if (missed.some(({ step }) => after(step.id).has(id) && !together(step.id, id)) || !first(draft, missed)) continue
    const message = `No run ever comes to ${id}: nothing leads there from ${begins[0]}. Let a step's next name it, or remove it.`
    reporter.error('step.unreachable', message, [...draft.path, 'id'])
  }
  for (const draft of caught) {
    const { id } = draft.step
    if (caught.some(({ step }) => after(id).has(step.id) && !together(step.id, id)) || !first(draft, caught)) continue
    const message = `From ${id} no way leads to the end: the run would go round for good. Let one of the steps end it with next: end.`
    reporter.error('step.no_end', message, [...draft.path, 'id'])
  }
}
