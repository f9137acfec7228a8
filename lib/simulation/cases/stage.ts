import { ScaffError } from '#lib/errors.ts'
import type { JsonObject } from '#lib/json.ts'
import { CALLER_ENDED, type Ended, MAX_DEPTH, returnEvent, tooDeep } from '#lib/workflow/called-runs.ts'
import type { AiAnswer, CallAnswer, HttpAnswer, TestCase } from '#lib/workflow/cases/case.ts'
import type { Command } from '#lib/workflow/commands.ts'
import type { WorkflowDefinition } from '#lib/workflow/definition.ts'
import type { ActivityRef, StepError } from '#lib/workflow/events.ts'
import { createVirtualClock, type HeldRun, type VirtualClock } from '#lib/workflow/simulate.ts'
import { TERMINAL } from '#lib/workflow/state.ts'
import { type Beginning, holdSimulated, startInputs } from '../begin.ts'
import type { AiReply } from '../scripted-ai.ts'
import type { HttpScript } from '../scripted-http.ts'
import { createDraw, type Drawn } from './draw.ts'
import { type Improvise, People } from './people.ts'
import { missingSentence, type Trouble } from './trouble.ts'

/** A workflow that is at hand, with the tests of its own. */
export interface KnownWorkflow {
  readonly definition: WorkflowDefinition
  readonly tests: readonly TestCase[]
}

/** Finds the workflow that a step calls by its name or id; null: it is not at hand. */
export type Library = (workflow: string) => KnownWorkflow | null

export type Scripted = Pick<TestCase, 'people' | 'ai' | 'http' | 'workflows'>
export const UNSCRIPTED: Scripted = { people: {}, ai: {}, http: {}, workflows: {} }

/** What is answered where the test says nothing; absent: then the test cannot go on. */
export interface Improvisation {
  readonly people: Improvise
  readonly ai: AiReply
  readonly calls: CallAnswer
}

/** One of the runs that are played together. */
interface Part {
  readonly run: HeldRun
  readonly people: People
  readonly ask: { readonly workflows: (step: string) => Drawn<CallAnswer> }
  readonly caller: { readonly part: Part; readonly activity: ActivityRef } | null
  readonly depth: number
}

type Called = { readonly part: Part; readonly command: Extract<Command, { do: 'call' | 'hang_up' }> }

/** More than any run that ends takes; a workflow that goes round without anybody is stopped here. */
const MOST_TURNS = 50_000

export interface StageOptions {
  readonly test: TestCase
  readonly beginning: Omit<Beginning, 'inputs' | 'ai' | 'http'>
  readonly library: Library
  readonly improvise?: Improvisation
  readonly startsAt: string
}

/** Plays a run and those that its steps call by the script of a test, all of them on one virtual clock. */
export class Stage {
  readonly clock: VirtualClock
  readonly runs: HeldRun[] = []
  trouble: Trouble | null = null
  readonly #options: StageOptions
  readonly #parts: Part[] = []
  #calls: Called[] = []

  constructor(options: StageOptions) {
    this.#options = options
    this.clock = createVirtualClock(options.startsAt)
  }

  /** Throws `inputs.invalid` where the run cannot begin with the test's inputs. */
  async play(definition: WorkflowDefinition): Promise<HeldRun> {
    const { test } = this.#options
    const root = this.#begin(definition, test, test.inputs, null)
    for (let turns = 0; turns < MOST_TURNS; turns++) {
      await this.#settle()
      if (this.trouble || TERMINAL.has(root.run.state.status)) return root.run
      if (this.#answer()) continue
      const next = this.trouble ? null : this.#next()
      if (next === null) return root.run
      this.clock.moveTo(next)
    }
    this.#fail(root, null, 'run', 'The run does not come to rest. Look for steps that go round without anybody.')
    return root.run
  }

  #begin(definition: WorkflowDefinition, scripts: Scripted, inputs: JsonObject, caller: Part['caller']): Part {
    const call = (command: Called['command']) => this.#calls.push({ part, command })
    const ai = createDraw(scripts.ai)
    const http = createDraw(scripts.http)
    const ids = { run: `run_test_${this.runs.length + 1}`, workflow: 'wf_test', version: 1 }
    const options: Beginning = {
      ...this.#options.beginning,
      inputs,
      ids,
      ai: ({ step }) => this.#aiReply(part, step, ai(step)),
      http: ({ step }) => this.#httpReply(part, step, http(step)),
    }
    const run = holdSimulated(options, definition, this.clock, call)
    const { improvise, test } = this.#options
    // Where a run is to be left waiting, what nobody answers is no trouble.
    const silent: Improvise = () => (test.expect.status === 'waiting' && caller === null ? { do: 'silence' } : null)
    const part: Part = {
      run,
      people: new People(run, scripts.people, improvise?.people ?? silent),
      ask: { workflows: createDraw(scripts.workflows) },
      caller,
      depth: caller === null ? 1 : caller.part.depth + 1,
    }
    this.#parts.push(part)
    this.runs.push(run)
    run.apply({ type: 'start', at: this.clock.now() })
    return part
  }

  async #settle(): Promise<void> {
    for (let busy = true; busy && !this.trouble; ) {
      busy = this.#answerCalls() || this.#returnToCallers()
      for (const { run } of this.#parts) if (await run.settle()) busy = true
    }
  }

  #answer(): boolean {
    for (const part of this.#parts) {
      const answered = part.people.answer(this.clock.now())
      if (answered === true) return true
      if (answered === false) continue
      this.#fail(part, answered.script?.path ?? null, `people.${answered.step}`, answered.message)
      return false
    }
    return false
  }

  /** The next instant at which anything but a reminder is due; what only reminds would go on for ever. */
  #next(): string | null {
    const timers = this.#parts.flatMap(({ run }) => Object.values(run.state.timers))
    const leading = [
      ...this.#parts.flatMap(({ people }) => people.next() ?? []),
      ...timers.flatMap(({ kind, due }) => (kind === 'reminder' ? [] : [due])),
    ]
    if (leading.length === 0) return null
    return [...leading, ...timers.map(({ due }) => due)].toSorted()[0] ?? null
  }

  #answerCalls(): boolean {
    const calls = this.#calls
    this.#calls = []
    for (const { part, command } of calls) {
      if (command.do === 'call') this.#call(part, command)
      else
        for (const { run, caller } of this.#parts)
          if (caller?.part === part && caller.activity.step === command.activity.step)
            run.apply({ type: 'cancel', reason: CALLER_ENDED, at: this.clock.now() })
    }
    return calls.length > 0
  }

  #call(part: Part, command: Extract<Called['command'], { do: 'call' }>): void {
    const { activity, workflow } = command
    const drawn = part.ask.workflows(activity.step)
    const answer = 'answer' in drawn ? drawn.answer : this.#options.improvise?.calls
    if (answer && answer.do !== 'play') {
      this.#return(part, activity, answer)
      return
    }
    const found = this.#find(workflow, drawn, answer?.case ?? null, activity.step)
    if (typeof found === 'string')
      this.#fail(part, 'script' in drawn ? drawn.script.path : null, `workflows.${activity.step}`, found)
    else this.#callPart(part, command, found.known, found.scripts)
  }

  /** The workflow that is called, where it is at hand, and by which script it is played; else what is missing. */
  #find(
    workflow: string,
    drawn: Drawn<CallAnswer>,
    own: string | null,
    step: string,
  ): string | { readonly known: KnownWorkflow; readonly scripts: Scripted } {
    const asks = `${step} calls ${workflow}`
    const known = this.#options.library(workflow)
    if ('missing' in drawn && (known === null || drawn.missing !== 'all'))
      return missingSentence(drawn, 'workflows', step, asks, '{outputs: {}}')
    if (known === null) return `${asks}, which is not at hand here. Run \`scaff test\` on a folder that holds both.`
    if (own === null) return { known, scripts: UNSCRIPTED }
    const scripts = known.tests.find(({ name }) => name === own)
    return scripts ? { known, scripts } : `${workflow} has no test that is called ${own}.`
  }

  /** Ends the call as if the workflow had run. */
  #return(part: Part, activity: ActivityRef, answer: Exclude<CallAnswer, { readonly do: 'play' }>): void {
    const ended: Ended =
      answer.do === 'complete'
        ? { run_id: 'run_test', status: 'completed', outputs: answer.outputs, error: null }
        : {
            run_id: 'run_test',
            status: 'failed',
            outputs: null,
            error: { code: 'workflow.failed', message: answer.message, step: null },
          }
    part.run.apply(returnEvent(ended, activity, this.clock.now()))
  }

  #callPart(
    part: Part,
    { activity, workflow, inputs }: Extract<Called['command'], { do: 'call' }>,
    { definition }: KnownWorkflow,
    scripts: Scripted,
  ): void {
    const refuse = (error: StepError) => {
      const result = { input: { workflow, inputs }, ai_calls: [] }
      part.run.apply({ type: 'step.failed', activity, error, result, at: this.clock.now() })
    }
    if (part.depth >= MAX_DEPTH) {
      refuse(tooDeep())
      return
    }
    try {
      this.#begin(definition, scripts, startInputs(definition, inputs), { part, activity })
    } catch (error) {
      if (!(error instanceof ScaffError)) throw error
      refuse({ code: error.code, message: error.message, retryable: false, retry_after_ms: null })
    }
  }

  #returnToCallers(): boolean {
    let told = false
    for (const [i, { run, caller }] of [...this.#parts.entries()].reverse()) {
      if (!caller || !TERMINAL.has(run.state.status)) continue
      this.#parts.splice(i, 1)
      told = true
      const { status, error } = run.state
      const ended = run.history.findLast(({ type }) => type === 'run.completed')
      const outputs = ended?.type === 'run.completed' ? ended.outputs : null
      caller.part.run.apply(
        returnEvent({ run_id: run.data.run.id, status, outputs, error }, caller.activity, this.clock.now()),
      )
    }
    return told
  }

  #aiReply(part: Part, step: string, drawn: Drawn<AiAnswer>): AiReply {
    if ('answer' in drawn) return drawn.answer.do === 'act' ? { mode: drawn.answer.mode } : { text: drawn.answer.text }
    const { improvise } = this.#options
    if (improvise) return improvise.ai
    return { none: this.#missing(part, drawn, 'ai', step, `${step} asks AI`) }
  }

  #httpReply(part: Part, step: string, drawn: Drawn<HttpAnswer>): ReturnType<HttpScript> {
    if (!('answer' in drawn)) {
      if (this.#options.improvise) return null
      return { error: final('http.network', this.#missing(part, drawn, 'http', step, `${step} makes a call`)) }
    }
    const { answer } = drawn
    if (answer.do === 'succeed') return null
    if (answer.do === 'reply') return answer
    return { error: { ...final(answer.code, answer.message), retryable: PASSING.has(answer.code) } }
  }

  #missing(
    part: Part,
    drawn: Exclude<Drawn<unknown>, { answer: unknown }>,
    section: string,
    step: string,
    asks: string,
  ): string {
    const message = missingSentence(drawn, section, step, asks, 'success')
    this.#fail(part, 'script' in drawn ? drawn.script.path : null, `${section}.${step}`, message)
    return message
  }

  /** Only the first is told: what follows comes of it. Where the test says nothing, it points to where it might. */
  #fail({ caller, run }: Part, path: Trouble['path'], what: string, message: string): void {
    const within = caller === null ? '' : `In ${run.data.run.workflow_name}, called by ${caller.activity.step}: `
    const [section = ''] = what.split('.')
    const place = path ?? [...this.#options.test.path, section]
    this.trouble ??= { path: caller === null ? place : null, what, message: within + message }
  }
}

/** Trouble on the way that a repeat may cure. */
const PASSING: ReadonlySet<string> = new Set(['http.network', 'http.timeout'])

function final(code: string, message: string): StepError {
  return { code, message, retryable: false, retry_after_ms: null }
}
