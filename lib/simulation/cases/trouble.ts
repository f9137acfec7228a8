import type { SourcePath } from '#lib/workflow/diagnostics.ts'
import type { HeldRun } from '#lib/workflow/simulate.ts'
import type { WaitState } from '#lib/workflow/state.ts'
import { openingOf } from '../answer-wait.ts'
import type { Drawn } from './draw.ts'

/** Why a test cannot be played on. */
export interface Trouble {
  /** In the author's document; null: somewhere in a workflow that is called. */
  readonly path: SourcePath | null
  readonly what: string
  readonly message: string
}

type Missing = Exclude<Drawn<unknown>, { readonly answer: unknown }>

/** What is missing for a step that asked, and how to write it. `example` is what may stand behind the step's id. */
export function missingSentence(
  missing: Missing,
  section: string,
  step: string,
  asks: string,
  example: string,
): string {
  if (missing.missing === 'all')
    return `${asks}, and the test does not say what comes. Add ${section}: {${step}: ${example}}.`
  if (missing.missing === 'file')
    return `${asks}, and its recorded answers stand in ${missing.file}, which is not at hand here. The command line reads it.`
  const has = missing.given === 1 ? '1 answer' : `${missing.given} answers`
  return `${asks} once more, and its list under ${section} has ${has}. Add one, or write one answer in place of the list.`
}

/** An answer to an open wait, as it would be written. */
export function exampleAnswer(run: HeldRun, wait: WaitState): string {
  const opening = openingOf(run, wait.key)
  if (opening?.kind !== 'form') return 'approve'
  const asked = opening.fields.filter(({ required }) => required)
  const keys = (asked.length > 0 ? asked : opening.fields).map(({ key }) => `${key}: …`)
  return `{${keys.join(', ')}}`
}
