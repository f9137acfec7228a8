import type { GuideStep, GuideTour } from '#lib/contracts/guide.ts'
import { GUIDE_STEPS } from '#lib/guide-steps.ts'

interface StepWords {
  readonly title: string
  /** Why one would. */
  readonly text: string
  /** On the button that leads there. */
  readonly action: string
  /** The beginning of it, where there is little room. */
  readonly short: string
  /** Instead of the button, for who is there already. */
  readonly here: string
}

const WORDS: Readonly<Record<GuideStep, StepWords>> = {
  editor: {
    title: 'Look at the workflow',
    text: 'A text file with a form, a draft by AI, your approval and the result.',
    action: 'Open the editor',
    short: 'Open',
    here: 'Read it as long as you like, then run it.',
  },
  run: {
    title: 'Run it',
    text: 'A run keeps its place: it waits for people for days and survives a restart.',
    action: 'Start a run',
    short: 'Start',
    here: '',
  },
  form: {
    title: 'Fill in the form',
    text: 'The run waits for a customer’s message. An example is filled in; you only send it.',
    action: 'Open the form',
    short: 'Open',
    here: 'Send the form on this page.',
  },
  mail: {
    title: 'Open the mail',
    text: 'The draft is ready, and the approver is asked by mail. That is you; the mail stands in the Outbox.',
    action: 'Open the Outbox',
    short: 'Open',
    here: 'Open the mail “Approval Required” on this page.',
  },
  approval: {
    title: 'Approve the draft',
    text: 'The links of the mail open a page where it is decided. With an account you can decide in the Inbox as well.',
    action: 'Open the approval',
    short: 'Open',
    here: 'Choose Approve on this page and confirm it.',
  },
  timeline: {
    title: 'See what happened',
    text: 'Every step and attempt, what AI wrote, who decided and when.',
    action: 'Open the timeline',
    short: 'Open',
    here: 'The run is about to end.',
  },
}

/** After the last step. */
export const afterwards = {
  title: 'That was the whole loop',
  text: 'Now make it yours: begin with a blueprint.',
  action: 'Browse blueprints',
  short: 'Browse',
  href: '/workflows/new',
} as const

/** What a step says now, with what is special about this tour's run. */
export function stepWords(tour: GuideTour, step: GuideStep): StepWords {
  const words = WORDS[step]
  if (step === 'run' && tour.stopped) {
    return { ...words, text: 'The last run ended before it was decided. Start another one.' }
  }
  if (tour.working && step === 'mail')
    return { ...words, text: 'The draft is being written. The mail follows at once.' }
  return words
}

/** 1-based; one more than there are steps when all is done. */
export function stepNumber(step: GuideStep | null): number {
  return step === null ? GUIDE_STEPS.length + 1 : GUIDE_STEPS.indexOf(step) + 1
}

/** Where the step is taken; null where it is an act of its own, or what it needs is not there yet. */
export function stepHref(tour: GuideTour): string | null {
  const { step, run_id: run, workflow } = tour
  switch (step) {
    case 'editor':
      return `/workflows/${workflow.id}/edit`
    case 'form':
      return tour.form_wait_id === null ? null : `/forms/${run}/${tour.form_wait_id}`
    case 'mail':
      return tour.working ? null : `/outbox?run_id=${run}`
    case 'approval':
      return tour.approval_id === null ? null : `/inbox/${tour.approval_id}`
    case 'timeline':
      return `/runs/${run}`
    case 'run':
    case null:
      return null
  }
}
