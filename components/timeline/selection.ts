import type { AttemptRef, StepSummary } from '#lib/contracts/run-steps.ts'

/** What a permalink to an attempt says, as parameters of the address; null leaves one out. */
export type AttemptParams = Readonly<Record<'step' | 'visit' | 'attempt' | 'epoch' | 'path', string | null>>

export const NOTHING_SELECTED: AttemptParams = { step: null, visit: null, attempt: null, epoch: null, path: null }

export function attemptParams(ref: AttemptRef): AttemptParams {
  return {
    step: ref.step_id,
    visit: String(ref.visit),
    attempt: String(ref.attempt),
    epoch: ref.epoch === 0 ? null : String(ref.epoch),
    path: ref.path === 'root' ? null : ref.path,
  }
}

/** The attempt that an address names; what it leaves open is the latest there is. null: none, or not there. */
export function selectedAttempt(steps: readonly StepSummary[], params: URLSearchParams): StepSummary | null {
  const step = params.get('step')
  if (step === null) return null
  const asked = (name: string, value: string | number) => {
    const given = params.get(name)
    return given === null || given === String(value)
  }
  const found = steps.filter(
    (attempt) =>
      attempt.step_id === step &&
      asked('visit', attempt.visit) &&
      asked('attempt', attempt.attempt) &&
      asked('epoch', attempt.epoch) &&
      asked('path', attempt.path),
  )
  return found.at(-1) ?? null
}

export function refOf({ step_id, path, visit, attempt, epoch }: StepSummary): AttemptRef {
  return { step_id, path, visit, attempt, epoch }
}

/** The attempt before or after another one; null at the end. */
export function neighbour(steps: readonly StepSummary[], of: StepSummary | null, by: 1 | -1): StepSummary | null {
  if (of === null) return (by === 1 ? steps[0] : steps.at(-1)) ?? null
  const at = steps.indexOf(of)
  return at === -1 ? null : (steps[at + by] ?? null)
}
