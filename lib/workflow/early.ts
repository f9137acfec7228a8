import { validateInterpreted } from '../schema/validate-interpreted.ts'
import { decideApproval, submitForm } from './answers.ts'
import type { Step } from './definition.ts'
import type { RunEvent } from './events.ts'
import { applyDefaults } from './fields.ts'
import { keep, keptInPlaceOf, takeNext } from './kept-answers.ts'
import { ROOT } from './paths.ts'
import { namedPlace, ownPlace } from './places.ts'
import type { Program } from './program.ts'
import { type EarlyAnswer, TERMINAL } from './state.ts'
import type { Refusal } from './transition.ts'
import { emit, type OpenedWait, type Turn } from './turn.ts'
import { announce } from './waits.ts'

/**
 * An answer that came before its wait opened, for the first wait of the step it names. It is kept, and taken the moment that
 * wait opens: only then can be said whether it fits. A step that has asked before is past, and what it asks again is
 * answered by whoever is asked then.
 */
export function keepEarly(turn: Turn, { answer }: Extract<RunEvent, { type: 'answer.early' }>): Refusal | null {
  const { program, state } = turn
  const [step, ...around] = [...(chainTo(program.definition.steps, answer.step) ?? [])].reverse()
  if (!step || program.type(step)?.behavior !== 'wait') return 'unknown_step'
  if (around.some((outer) => asksForEach(program, outer))) return 'many_waits'
  if (Object.values(state.waits).some((wait) => wait.step === step.id)) return 'wait_open'
  if (wasMet(turn, step, around.at(-1))) return 'wait_closed'
  if (keptInPlaceOf(state, answer)) return 'decided'
  keep(turn, answer)
  return null
}

/** A step and those around it, the outermost first. */
function chainTo(steps: readonly Step[], id: string): readonly Step[] | null {
  for (const step of steps) {
    if (step.id === id) return [step]
    const inner = (step.blocks ?? []).map((block) => chainTo(block.steps, id)).find((chain) => chain !== null)
    if (inner) return [step, ...inner]
  }
  return null
}

/** What stands inside such a step asks once for each item: its name means no single wait. */
function asksForEach(program: Program, step: Step): boolean {
  const type = program.type(step)
  return type?.behavior === 'fork' && type.holds === 'steps'
}

/** Whether the run came to a step before, in this epoch. `outermost`: the step of the root that it stands in. */
function wasMet({ state, data }: Turn, step: Step, outermost: Step | undefined): boolean {
  if (Object.values(state.scopes).some(({ visits }) => (visits[step.id] ?? 0) > 0)) return true
  // Scopes that ended well are gone: their outputs stay while their fork is open, and after it only its own visit.
  if (!outermost) return false
  const { cursor, visits } = state.scopes[ROOT] ?? {}
  const inside = cursor?.at === 'forked' && cursor.step === outermost.id
  return inside ? data.outputs.some((output) => output.step === step.id) : (visits?.[outermost.id] ?? 0) > 0
}

/** Looks at the answers that came before a wait opened. One that does not fit is told, and the wait asks like any other. */
export function takeEarly(turn: Turn): boolean {
  const opened = turn.answered.shift()
  if (!opened || TERMINAL.has(turn.state.status)) return false
  const { step, path } = turn.state.waits[opened.wait] ?? {}
  // The fork around it was given up in the same turn.
  if (step === undefined || path === undefined) return true
  for (let answer = takeNext(turn, step); answer; answer = takeNext(turn, step)) {
    const reason = take(turn, opened, answer)
    if (reason !== null) emit(turn, { type: 'answer.refused', step, path, reason, by: answer.by })
  }
  const left = turn.state.waits[opened.wait]
  if (left) announce(turn, left, opened.opening)
  return true
}

/** Why it was not taken, in a sentence; null: it was. */
function take(turn: Turn, { wait: key, opening }: OpenedWait, answer: EarlyAnswer): string | null {
  const wait = turn.state.waits[key]
  const { by, at } = answer
  if (!wait) return REASONS.decided
  if (answer.kind === 'form') {
    if (opening.kind !== 'form') return 'The step asks for a decision, and this was an answer to a form.'
    const values = applyDefaults(opening.fields, answer.values)
    const [first] = validateInterpreted(opening.schema, values)
    if (first) return first.path === '' ? `The answer ${first.message}.` : `${first.path} ${first.message}.`
    submitForm(turn, { type: 'form.submitted', wait: key, values, by, at })
    return null
  }
  if (wait.kind !== 'approval') return 'The step asks to fill in a form, and this was a decision.'
  const { decision, comment, speaker } = answer
  const approver = answer.approver === null ? ownPlace(wait, speaker) : namedPlace(wait, answer.approver)
  if (approver === null) return REASONS.not_approver
  const refusal = decideApproval(turn, { type: 'approval.decided', wait: key, decision, comment, approver, by, at })
  return refusal && (REASONS[refusal] ?? refusal)
}

const REASONS: { readonly [R in Refusal]?: string } & { readonly decided: string; readonly not_approver: string } = {
  decided: 'It was decided already.',
  not_approver: 'Whoever decided is not asked here, or several people are and none was named.',
  not_your_turn: 'Somebody else is asked first.',
  choice_not_offered: 'This choice is not offered here.',
  self_approval: 'Whoever started the run may not approve it.',
}
