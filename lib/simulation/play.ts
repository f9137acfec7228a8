import type { JsonObject } from '#lib/json.ts'
import type { MockMode } from '#lib/mock-ai/modes.ts'
import type { PromptPort } from '#lib/steps/kit.ts'
import type { Instant } from '#lib/time.ts'
import type { Directory } from '#lib/workflow/data.ts'
import type { WorkflowDefinition } from '#lib/workflow/definition.ts'
import { createVirtualClock, type HeldRun, passTime, type VirtualClock } from '#lib/workflow/simulate.ts'
import type { WaitState } from '#lib/workflow/state.ts'
import { decideApproval, type Refused, submitForm, told } from './answer-wait.ts'
import { DEFAULT_START, holdSimulated, readDefinition, startInputs } from './begin.ts'
import type { AiScript } from './scripted-ai.ts'
import type { HttpScript } from './scripted-http.ts'
import type { ActProblem, SimulationAct } from './types.ts'

export interface PlayOptions {
  /** The workflow as YAML or JSON text. */
  readonly text: string
  /** Its canonical form, where it has been read already. */
  readonly definition?: WorkflowDefinition
  readonly inputs: JsonObject
  readonly acts: readonly SimulationAct[]
  readonly startedBy: { readonly name: string; readonly email: string; readonly role?: string; readonly id?: string }
  /** The workspace's constants; those the text reads and nobody gives are their own names. */
  readonly static?: JsonObject
  /** Answers to HTTP calls; absent: made up for each step. */
  readonly http?: HttpScript
  /** What models answer; absent, or where it says nothing: the mock does, as `mode` says. */
  readonly ai?: AiScript
  /** How the mock AI behaves; of a list, each call of a step takes the next. */
  readonly mode?: MockMode | readonly [MockMode, ...MockMode[]]
  readonly seed?: number
  readonly prompts?: PromptPort
  readonly people?: Directory
  /** When the virtual clock begins. */
  readonly startsAt?: Instant
  readonly ids?: { readonly run: string; readonly workflow: string; readonly version: number }
}

/** A run that was played. */
export interface Played {
  readonly run: HeldRun
  readonly clock: VirtualClock
  readonly definition: WorkflowDefinition
  readonly startedAt: Instant
  /** The first act that could not be done; those after it were not tried. */
  readonly problem: ActProblem | null
}

/**
 * Plays a script from the beginning on the real core. Deterministic: the same options give the same run, to the letter.
 * Throws `workflow.invalid` for a text with errors and `inputs.invalid` for inputs that do not fit, as a start does.
 */
export async function play(options: PlayOptions): Promise<Played> {
  const definition = options.definition ?? readDefinition(options.text)
  const startedAt = options.startsAt ?? DEFAULT_START
  const clock = createVirtualClock(startedAt)
  const run = holdSimulated(options, definition, clock)
  run.apply({ type: 'start', at: clock.now() })
  await untilRests(run, clock)
  let problem: ActProblem | null = null
  for (const [i, act] of options.acts.entries()) {
    const refused = await perform(run, clock, definition, act)
    if (refused) {
      problem = { act: i, fields: [], ...refused }
      break
    }
    await untilRests(run, clock)
  }
  return { run, clock, definition, startedAt, problem }
}

async function perform(
  run: HeldRun,
  clock: VirtualClock,
  definition: WorkflowDefinition,
  act: SimulationAct,
): Promise<Refused | null> {
  const at = clock.now()
  switch (act.do) {
    case 'wait':
      await passTime(run, clock, act.ms)
      return null
    case 'cancel':
      return told(run.apply({ type: 'cancel', reason: act.reason, at }).refused)
    case 'retry': {
      const edited = act.inputs && startInputs(definition, { ...run.data.inputs, ...act.inputs })
      return told(run.apply({ type: 'retry', from: act.from_step, inputs: edited, at }).refused)
    }
    case 'submit': {
      const wait = openWait(run, act.step)
      return wait ? submitForm(run, wait, act.values, at) : { message: `No form is open at step ${act.step}.` }
    }
    case 'decide': {
      const wait = openWait(run, act.step)
      return wait ? decideApproval(run, wait, act, at) : { message: `No approval is open at step ${act.step}.` }
    }
  }
}

function openWait(run: HeldRun, step: string): WaitState | undefined {
  return Object.values(run.state.waits).find((wait) => wait.step === step)
}

/** A back-off is nobody's to wait for: it passes until the run waits for people or is over. */
async function untilRests(run: HeldRun, clock: VirtualClock): Promise<void> {
  await run.settle()
  while (run.state.status === 'running') {
    const due = run.nextTimer()
    if (due === null) return
    clock.moveTo(due)
    await run.settle()
  }
}
