import type { DecisionKind } from '#lib/contracts/run-waits.ts'

interface DecisionWords {
  readonly choose: string
  readonly explain: string
  readonly confirm: string
  /** "You are about to …". */
  readonly about: string
  /** The key that chooses it in the inbox. */
  readonly key: string
  /** What the comment is for. */
  readonly comment: string
}

export const DECISION_WORDS: Readonly<Record<DecisionKind, DecisionWords>> = {
  approve: {
    choose: 'Approve',
    explain: 'It goes on as shown.',
    confirm: 'Confirm approval',
    about: 'approve this',
    key: 'a',
    comment: 'Kept with your decision and shown to those concerned.',
  },
  reject: {
    choose: 'Reject',
    explain: 'It does not go on; your comment says why.',
    confirm: 'Confirm rejection',
    about: 'reject this',
    key: 'r',
    comment: 'Say why: it is what those concerned will read.',
  },
  revise: {
    choose: 'Ask for changes',
    explain: 'It goes back with your comment and is put to you again.',
    confirm: 'Send it back',
    about: 'send this back for changes',
    key: 'e',
    comment: 'Say what should be changed: it goes back into the step.',
  },
}
