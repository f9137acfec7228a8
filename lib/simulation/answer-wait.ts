import type { JsonObject } from '#lib/json.ts'
import type { Instant } from '#lib/time.ts'
import type { WaitOpening } from '#lib/workflow/catalog.ts'
import type { HeldRun } from '#lib/workflow/simulate.ts'
import type { DecisionKind, WaitState } from '#lib/workflow/state.ts'
import type { Refusal } from '#lib/workflow/transition.ts'
import { checked } from './begin.ts'
import { refusalSentence } from './refusals.ts'
import type { ActProblem } from './types.ts'

export type Refused = Pick<ActProblem, 'message'> & Partial<ActProblem>

/** Fills in an open form. Answers why it was not taken; null: it was. */
export function submitForm(run: HeldRun, wait: WaitState, given: JsonObject, at: Instant): Refused | null {
  const opening = openingOf(run, wait.key)
  if (opening?.kind !== 'form') return { message: `No form is open at step ${wait.step}.` }
  const { values, problems } = checked(opening, given)
  if (problems.length > 0) return { message: 'The form has answers that do not fit.', fields: problems }
  const by = { via: 'app', id: 'person', label: run.data.profile.user_email ?? 'Somebody' } as const
  return told(run.apply({ type: 'form.submitted', wait: wait.key, values, by, at }).refused)
}

interface Said {
  /** Address or id of the approver in whose place it counts. */
  readonly approver: string
  readonly decision: DecisionKind
  readonly comment: string
}

/** Decides an open approval in an approver's place. Answers why it was not taken; null: it was. */
export function decideApproval(run: HeldRun, wait: WaitState, said: Said, at: Instant): Refused | null {
  if (wait.kind !== 'approval') return { message: `No approval is open at step ${wait.step}.` }
  const { approver, decision, comment } = said
  const name = approver.toLowerCase()
  const place = wait.approvers.find(({ id, email }) => id === name || email.toLowerCase() === name)
  if (!place) return { message: `${approver} is not one of the approvers of step ${wait.step}.` }
  const by = { via: 'app', id: place.user_id ?? place.email, label: place.email } as const
  return told(
    run.apply({ type: 'approval.decided', wait: wait.key, decision, comment, approver: place.id, by, at }).refused,
  )
}

export function told(refusal: Refusal | null): Refused | null {
  return refusal === null ? null : { message: refusalSentence(refusal) }
}

/** What was shown when a wait opened; a wait that was opened again shows the newest. */
export function openingOf(run: HeldRun, key: string): WaitOpening | undefined {
  const fact = run.history.findLast((event) => event.type === 'wait.opened' && event.wait.key === key)
  return fact?.type === 'wait.opened' ? fact.opening : undefined
}
