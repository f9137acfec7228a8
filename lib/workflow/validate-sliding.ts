import type { Reporter } from './normalise-report.ts'
import type { StepDraft } from './normalise-step.ts'
import type { SourceText } from './parse.ts'
import { followsNext } from './validate-graph.ts'

/**
 * Where one way's steps simply stand above those of another, the run would go on from one into the other. Branches that
 * were both written down exclude each other, so there it is an error; a step that handles a rejection or a failure may
 * be meant for both, so there it is a warning.
 */
export function checkSliding(steps: readonly StepDraft[], source: SourceText, reporter: Reporter): void {
  const byId = new Map(steps.map((draft) => [draft.step.id, draft]))
  const sliding = { byId, source, reporter }
  for (const draft of steps) {
    const { step, type, sound } = draft
    if (!type || !sound) continue
    const jumps = new Set(type.jumps(step.config).flatMap(({ to }) => (to === null ? [] : [to])))
    const forks = type.behavior === 'pure'
    for (const branch of forks ? jumps : []) {
      slide(sliding, branch, jumps, (from, into) => branchMeets(sliding, from, into, step.id))
    }
    const handlers = new Set([...(forks ? [] : jumps), ...(step.on_error === null ? [] : [step.on_error])])
    if (followsNext(draft))
      slide(sliding, step.next, handlers, (from, into) => handlerMeets(sliding, from, into, step.id))
  }
}

interface Sliding {
  readonly byId: ReadonlyMap<string, StepDraft>
  readonly source: SourceText
  readonly reporter: Reporter
}

/** Follows the steps as they stand in the file, from `begin` on, and tells where they run into one of `others`. */
function slide(
  { byId }: Sliding,
  begin: string | null,
  others: ReadonlySet<string>,
  tell: (from: StepDraft, into: string) => void,
): void {
  let at = begin === null ? undefined : byId.get(begin)
  // What follows in the file never leads back, so this ends.
  while (at?.leads && !at.nextGiven && followsNext(at)) {
    const { next } = at.step
    if (next !== null && others.has(next)) {
      tell(at, next)
      return
    }
    at = next === null ? undefined : byId.get(next)
  }
}

function branchMeets({ byId, source, reporter }: Sliding, from: StepDraft, into: string, fork: string): void {
  const { id } = from.step
  const beyond = byId.get(into)?.step.next ?? 'end'
  const edit = source.addEntry(from.path, 'id', 'next', beyond)
  const message = `After ${id} the run would slide into ${into}, the other branch of ${fork}. Write next: ${beyond} on ${id}, or next: ${into} if that is meant.`
  reporter.error('flow.slides_into_branch', message, [...from.path, 'id'], {
    fix: edit === null ? undefined : { title: `Add next: ${beyond} to ${id}`, edits: [edit] },
  })
}

function handlerMeets({ source, reporter }: Sliding, from: StepDraft, into: string, fork: string): void {
  const { id } = from.step
  const edit = source.addEntry(from.path, 'id', 'next', 'end')
  const message = `After ${id} the run goes on into ${into}, which handles what goes wrong at ${fork}. Write next: end on ${id}, or next: ${into} if that is meant.`
  reporter.warning('flow.slides_into_handler', message, [...from.path, 'id'], {
    fix: edit === null ? undefined : { title: `Add next: end to ${id}`, edits: [edit] },
  })
}
