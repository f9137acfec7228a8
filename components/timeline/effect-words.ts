import type { EffectResolve } from '#lib/contracts/run-acts.ts'

export type EffectChoice = EffectResolve['resolution']

interface EffectWords {
  readonly title: string
  readonly description: string
  /** Of what is asked beside it; absent: nothing. */
  readonly label?: string
  readonly help?: string
  readonly confirm: string
}

/** What is asked before somebody says what happened to an effect. */
export const EFFECT_WORDS: Readonly<Record<EffectChoice, EffectWords>> = {
  repeat: {
    title: 'Send it again?',
    description:
      'It goes out with the same idempotency key. If it happened and the other side does not know such keys, it happens twice.',
    confirm: 'Send it again',
  },
  done: {
    title: 'It happened?',
    description: 'The step counts as done and the run goes on. Nothing is sent.',
    label: 'Its result as JSON',
    help: 'What later steps read as the output of this one, e.g. {"status": 201, "body": {"id": 17}}.',
    confirm: 'It happened',
  },
  fail: {
    title: 'It failed?',
    description: 'The step fails, and the run goes on as the workflow says for that, or ends. Nothing is sent.',
    label: 'Reason',
    help: 'Stands in the history and as the error of the step.',
    confirm: 'It failed',
  },
}
