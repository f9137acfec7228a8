import type { Refusal } from '#lib/workflow/transition.ts'

/** Why the core did not take an act, in a sentence. */
export function refusalSentence(refusal: Refusal): string {
  switch (refusal) {
    case 'run_over':
      return 'The run is over; nothing can be done in it any more.'
    case 'not_approver':
      return 'This person is not one of the approvers.'
    case 'not_your_turn':
      return 'Somebody before this approver is asked first.'
    case 'decided':
      return 'This approver has decided already.'
    case 'choice_not_offered':
      return 'This choice is not offered here.'
    case 'self_approval':
      return 'Whoever starts a run does not approve it here, unless the step says self_approval: true.'
    case 'already_asked':
      return 'This person is asked already.'
    case 'unknown_step':
      return 'The workflow has no such step.'
    case 'wrong_state':
      return 'Only a run that failed or was canceled can be retried.'
    case 'wait_open':
    case 'many_waits':
      return 'What asks already is answered where it asks.'
    case 'stale':
    case 'wait_closed':
    case 'timer_gone':
    case 'timer_early':
      return 'This is no longer waited for.'
  }
}
