import type { JsonObject } from '#lib/json.ts'
import type { SimulatedRun, SimulationAct } from '#lib/simulation/types.ts'

/** How the mock AI behaves in a test run, by the name its author knows it by. */
export const AI_MODES = [
  { id: 'success', label: 'Answers that fit', help: 'Every answer fits its schema.' },
  {
    id: 'once',
    label: 'One answer that breaks the schema',
    help: 'The first answer breaks the schema, the re-ask cures it.',
  },
  { id: 'violation', label: 'Answers that break the schema', help: 'No answer ever fits: the step fails.' },
  { id: 'passing', label: 'A passing error', help: 'The first call fails, the next attempt succeeds.' },
  { id: 'timeout', label: 'No answer', help: 'The model never answers: the step runs into its timeout.' },
] as const
export type AiMode = (typeof AI_MODES)[number]['id']

/** All there is to a test run: played anew from the beginning with each act, so that taking one back is free. */
export interface TestScript {
  readonly text: string
  readonly inputs: JsonObject
  readonly mode: AiMode
  readonly acts: readonly SimulationAct[]
  /** The virtual clock begins at the real time of the start. */
  readonly startsAt: string
  readonly startedBy: { readonly name: string; readonly email: string }
}

export interface TestRunRequest {
  readonly id: number
  readonly script: TestScript
}

export type TestRunReply =
  | { readonly id: number; readonly played: SimulatedRun }
  /** The run could not begin: a sentence, and what is wrong with single inputs. */
  | { readonly id: number; readonly failed: string; readonly problems: readonly StartProblem[] }

export interface StartProblem {
  readonly path: string
  readonly message: string
}
