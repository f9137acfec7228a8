import type { Instant } from '#lib/time.ts'
import { plus } from '#lib/time.ts'
import type { PersonAnswer, Script, Scripts } from '#lib/workflow/cases/case.ts'
import { awaited } from '#lib/workflow/quorum.ts'
import type { HeldRun } from '#lib/workflow/simulate.ts'
import type { WaitState } from '#lib/workflow/state.ts'
import { decideApproval, type Refused, submitForm } from '../answer-wait.ts'
import { createDraw, type Drawn } from './draw.ts'
import { exampleAnswer, missingSentence } from './trouble.ts'

/** What somebody will answer to an open wait, and when. */
interface Plan {
  readonly answer: PersonAnswer
  readonly script: Script<PersonAnswer> | null
  readonly due: Instant
}

export interface PeopleTrouble {
  readonly script: Script<PersonAnswer> | null
  readonly step: string
  readonly message: string
}

/** Gives an answer where a test has none; null: there is none. */
export type Improvise = (run: HeldRun, wait: WaitState) => PersonAnswer | null

/** The people of one run: each open wait is answered as the test says, once its time has come. */
export class People {
  readonly #run: HeldRun
  readonly #draw: (step: string) => Drawn<PersonAnswer>
  readonly #improvise: Improvise
  readonly #plans = new Map<string, Plan>()
  /** Waits that got the one answer of one person which is written for every time: it is not given twice. */
  readonly #spent = new Set<string>()

  constructor(run: HeldRun, scripts: Scripts<PersonAnswer>, improvise: Improvise) {
    this.#run = run
    this.#draw = createDraw(scripts)
    this.#improvise = improvise
  }

  /** Lets the first one answer whose time has come. Whether somebody did, or why the test cannot go on. */
  answer(now: Instant): boolean | PeopleTrouble {
    for (const wait of Object.values(this.#run.state.waits)) {
      const plan = this.#plans.get(wait.key) ?? this.#plan(wait, now)
      if ('message' in plan) return plan
      if (plan.answer.do === 'silence' || plan.due > now) continue
      const refused = this.#give(wait, plan, now)
      return refused ? { script: plan.script, step: wait.step, message: refusedSentence(wait, refused) } : true
    }
    return false
  }

  /** When the next one answers; null: nobody will. */
  next(): Instant | null {
    const dues = Object.keys(this.#run.state.waits).flatMap((key) => {
      const plan = this.#plans.get(key)
      return plan && plan.answer.do !== 'silence' ? [plan.due] : []
    })
    return dues.toSorted()[0] ?? null
  }

  #plan(wait: WaitState, now: Instant): Plan | PeopleTrouble {
    const spent = this.#spent.has(wait.key)
    const drawn: Drawn<PersonAnswer> = spent ? { missing: 'all' } : this.#draw(wait.step)
    const made = 'answer' in drawn ? drawn.answer : this.#improvise(this.#run, wait)
    if (made === null && !('answer' in drawn)) {
      const script = 'script' in drawn ? drawn.script : null
      return { script, step: wait.step, message: this.#missing(wait, drawn, spent) }
    }
    const answer = made ?? { do: 'silence' }
    const script = 'answer' in drawn ? drawn.script : null
    const plan = { answer, script, due: answer.do === 'silence' ? now : plus(now, answer.after_ms) }
    this.#plans.set(wait.key, plan)
    return plan
  }

  #missing(wait: WaitState, drawn: Exclude<Drawn<PersonAnswer>, { answer: unknown }>, spent: boolean): string {
    if (wait.kind === 'approval' && wait.decisions.length > 0) {
      const left = awaited(wait).map(({ email }) => email)
      const cure = spent ? 'Write a list with an answer of each' : 'Add an answer of each to the list'
      return `${wait.step} still waits for ${left.join(', ')}. ${cure}, or leave out by: so that everybody says the same.`
    }
    const asks =
      wait.kind === 'form' ? `${wait.step} asks somebody to fill in a form` : `${wait.step} asks for a decision`
    return missingSentence(drawn, 'people', wait.step, asks, exampleAnswer(this.#run, wait))
  }

  #give(wait: WaitState, { answer, script }: Plan, now: Instant): Refused | null {
    this.#plans.delete(wait.key)
    if (answer.do === 'silence') return null
    if (answer.do === 'submit') return submitForm(this.#run, wait, answer.values, now)
    if (answer.by !== null) {
      if (script?.repeats) this.#spent.add(wait.key)
      return decideApproval(this.#run, wait, { ...answer, approver: answer.by }, now)
    }
    for (let open: WaitState | undefined = wait; open?.kind === 'approval'; open = this.#run.state.waits[wait.key]) {
      const [place] = awaited(open)
      const refused = place ? decideApproval(this.#run, open, { ...answer, approver: place.id }, now) : null
      if (refused || !place) return refused
    }
    return null
  }
}

function refusedSentence({ step }: WaitState, { message, fields = [] }: Refused): string {
  const wrong = fields.map((field) => `${field.path || 'the answers'}: ${field.message}`)
  return [`${step} does not take this answer: ${message}`, ...wrong].join(' ')
}
