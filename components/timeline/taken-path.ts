import type { StepStatus, StepSummary } from '#lib/contracts/run-steps.ts'
import type { RunDetail } from '#lib/contracts/runs.ts'
import { forkOf, forkPath, ROOT } from '#lib/workflow/paths.ts'
import { inOrder } from './merge-run.ts'

export interface TakenPath {
  /** The latest status of each step that was reached, and how often it was visited. */
  readonly marks: ReadonlyMap<string, { readonly status: StepStatus; readonly visits: number }>
  /** Ways that were taken: `from>to`, `from>` to the end. */
  readonly taken: ReadonlySet<string>
}

type Taken = Pick<RunDetail, 'steps' | 'status' | 'graph'>

/** The way a run took through its graph, from its attempts. */
export function takenPath(run: Taken): TakenPath {
  const marks = new Map<string, { status: StepStatus; visits: number }>()
  const visits = new Set<string>()
  const ways = new Set(run.graph.edges.map(({ from, to }) => wayKey(from, to)))
  const trail = new Trail(ways)
  for (const step of inOrder(run.steps)) {
    const visit = `${step.epoch} ${step.path} ${step.step_id} ${step.visit}`
    const first = !visits.has(visit)
    visits.add(visit)
    marks.set(step.step_id, { status: step.status, visits: (marks.get(step.step_id)?.visits ?? 0) + (first ? 1 : 0) })
    trail.go(step, first)
  }
  if (run.status === 'completed') trail.end()
  return { marks, taken: trail.taken }
}

/** Follows the run, and in each fork every branch and item of its own. */
class Trail {
  readonly taken = new Set<string>()
  readonly #ways: ReadonlySet<string>
  /** The latest step of each scope, and the scopes that each fork opened. */
  readonly #last = new Map<string, StepSummary>()
  readonly #inside = new Map<string, string[]>()

  constructor(ways: ReadonlySet<string>) {
    this.#ways = ways
  }

  /** A step began: it was come to from the one before it in its scope, or from the fork that opened the scope. */
  go(step: StepSummary, first: boolean): void {
    const before = this.#last.get(step.path)
    if (first && before) for (const from of this.#ends(before)) this.#take(from, step.step_id)
    if (before === undefined) this.#open(step)
    this.#last.set(step.path, step)
  }

  end(): void {
    const last = this.#last.get(ROOT)
    if (last) for (const from of this.#ends(last)) this.taken.add(wayKey(from, null))
  }

  #open({ path, step_id }: StepSummary): void {
    const fork = forkOf(path)
    if (fork === null) return
    this.#inside.set(fork, [...(this.#inside.get(fork) ?? []), path])
    this.#take(fork.slice(fork.lastIndexOf('/') + 1, fork.lastIndexOf('@')), step_id)
  }

  /** From where the run goes on after a step: after a fork that was gone through, from the ends of what is inside. */
  #ends(step: StepSummary): readonly string[] {
    const inside = step.status === 'completed' ? (this.#inside.get(pathInside(step)) ?? []) : []
    if (inside.length === 0) return [step.step_id]
    return inside.flatMap((path) => {
      const last = this.#last.get(path)
      // A branch that was not needed any more was canceled, and led nowhere.
      return last === undefined || last.status === 'canceled' || last.status === 'failed' ? [] : this.#ends(last)
    })
  }

  /** A retry begins anywhere, which is no way of the graph. */
  #take(from: string, to: string): void {
    const key = wayKey(from, to)
    if (this.#ways.has(key)) this.taken.add(key)
  }
}

function pathInside({ path, step_id, visit, epoch }: StepSummary): string {
  return forkPath({ path, step: step_id, visit, epoch })
}

function wayKey(from: string, to: string | null): string {
  return `${from}>${to ?? ''}`
}
