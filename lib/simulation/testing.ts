import type { JsonObject } from '#lib/json.ts'
import { makeInstance } from '#lib/mock-ai/instance.ts'
import { stepCatalog } from '#lib/steps/definitions.ts'
import { DAY, MINUTE } from '#lib/time.ts'
import type { DecisionKind } from '#lib/workflow/state.ts'
import { validateWorkflow } from '#lib/workflow/validate.ts'
import type { PlayOptions } from './play.ts'
import { simulateRun } from './simulate-run.ts'
import type { SimulatedRun, SimulationAct } from './types.ts'

/** Answers that fit a form's or a start's schema. */
export function fittingAnswers(schema: Readonly<Record<string, unknown>>): JsonObject {
  return (makeInstance(schema, '', 7)?.value ?? {}) as JsonObject
}

interface Answering extends Partial<PlayOptions> {
  readonly text: string
  /** What approvers say; null: nobody says or fills in anything, and a year passes. */
  readonly decision: DecisionKind | null
}

/** For tests: fills in every form with what fits and decides every approval, until the run is over. */
export async function answerEverything({
  text,
  decision,
  ...more
}: Answering): Promise<SimulatedRun & { acts: SimulationAct[] }> {
  const schema = validateWorkflow(text, stepCatalog).definition?.inputs?.schema
  const inputs = schema ? fittingAnswers(schema) : {}
  const startedBy = { name: 'Sarah', email: 'sarah@company.com' }
  const acts: SimulationAct[] = decision === null ? [{ do: 'wait', ms: 365 * DAY }] : []
  for (;;) {
    const played = await simulateRun({ text, inputs, startedBy, ...more, acts })
    const wait = played.run.waiting
    const rests = played.run.status === 'waiting'
    if (!rests || decision === null || acts.length > 50 || played.problem) return { ...played, acts }
    if (!wait) {
      // For a time, then, and not for people.
      if (!played.next_timer) return { ...played, acts }
      acts.push({ do: 'wait', ms: Date.parse(played.next_timer.at) - Date.parse(played.now) })
      continue
    }
    // Nobody answers in the same instant as somebody else.
    acts.push({ do: 'wait', ms: MINUTE })
    if (wait.form) acts.push({ do: 'submit', step: wait.step_id, values: fittingAnswers(wait.form.schema) })
    const approver = wait.approval?.approvers.find(({ awaited }) => awaited)?.email
    if (approver) acts.push({ do: 'decide', step: wait.step_id, approver, decision, comment: 'As agreed.' })
  }
}
