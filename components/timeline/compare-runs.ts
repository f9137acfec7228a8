import type { StepSummary } from '#lib/contracts/run-steps.ts'
import type { RunDetail } from '#lib/contracts/runs.ts'
import { inOrder } from './merge-run.ts'
import { timesOf } from './time-axis.ts'

/** All attempts of one step in one run. Milliseconds and dollars. */
export interface StepSide {
  readonly status: StepSummary['status']
  readonly attempts: number
  readonly execution: number
  readonly waiting: number
  /** null: a price is not known; 0 where no model was asked. */
  readonly cost: number | null
  readonly latest: StepSummary
}

export interface ComparedStep {
  readonly id: string
  readonly type: string
  readonly name: string | null
  /** null: not reached, or not in that version. */
  readonly a: StepSide | null
  readonly b: StepSide | null
  /** Whether it took another course: another status or another number of attempts. */
  readonly differs: boolean
}

type Compared = Pick<RunDetail, 'workflow' | 'steps'>

/** The steps of two runs beside each other, in the order of the second's version; what only the first has follows. */
export function compareRuns(a: Compared, b: Compared, now: number): readonly ComparedStep[] {
  const [left, right] = [sides(a, now), sides(b, now)]
  const known = new Set(b.workflow.steps.map(({ id }) => id))
  return [...b.workflow.steps, ...a.workflow.steps.filter(({ id }) => !known.has(id))].map(({ id, type, name }) => {
    const [one, other] = [left.get(id) ?? null, right.get(id) ?? null]
    return {
      id,
      type,
      name,
      a: one,
      b: other,
      differs: one?.status !== other?.status || one?.attempts !== other?.attempts,
    }
  })
}

function sides({ steps }: Compared, now: number): ReadonlyMap<string, StepSide> {
  const byStep = Map.groupBy(inOrder(steps), ({ step_id }) => step_id)
  const found = new Map<string, StepSide>()
  for (const [id, attempts] of byStep) {
    const latest = attempts.at(-1)
    if (!latest) continue
    const { execution, waiting } = timesOf(attempts, now)
    const prices = attempts.map(({ ai }) => (ai === null ? 0 : ai.cost_usd))
    const cost = prices.reduce((sum, price) => (sum === null || price === null ? null : sum + price), 0)
    found.set(id, { status: latest.status, attempts: attempts.length, execution, waiting, cost, latest })
  }
  return found
}

/** "+1.2 s", by a function that writes amounts; null where both are the same to the reader. */
export function change(a: number, b: number, write: (amount: number) => string): string | null {
  if (write(a) === write(b)) return null
  return `${b > a ? '+' : '−'}${write(Math.abs(b - a))}`
}
