import type { DecisionKind } from '#lib/contracts/runs.ts'

interface DecisionWords {
  readonly choose: string
  readonly explain: string
  readonly confirm: string
  /** "You are about to …". */
  readonly about: string
}

export const DECISION_WORDS: Readonly<Record<DecisionKind, DecisionWords>> = {
  approve: {
    choose: 'Approve',
    explain: 'It goes on as shown.',
    confirm: 'Confirm approval',
    about: 'approve this',
  },
  reject: {
    choose: 'Reject',
    explain: 'It does not go on; your comment says why.',
    confirm: 'Confirm rejection',
    about: 'reject this',
  },
  revise: {
    choose: 'Ask for changes',
    explain: 'It goes back with your comment and is put to you again.',
    confirm: 'Send it back',
    about: 'send this back for changes',
  },
}
