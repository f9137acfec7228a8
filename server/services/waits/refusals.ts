import { ScaffError } from '#lib/errors.ts'
import type { SignalAnswer } from '#server/engine/port.ts'

type Refused = Extract<SignalAnswer, { ok: false }>

/** What a wait's refusal is to the one who came: what happened, who was first and when, and what to do. */
export function refusalError({ reason, decided }: Refused): ScaffError {
  const extra = decided === null ? {} : { decided }
  switch (reason) {
    case 'not_found':
      return new ScaffError('approval.not_found', 'There is nothing to answer with this id.')
    case 'decided':
      return new ScaffError('resume.already_decided', alreadyDecided(decided), { extra })
    case 'expired':
      return new ScaffError(
        'approval.expired',
        'The time for this ran out, and the run has gone on without an answer.',
        {
          extra,
        },
      )
    case 'canceled':
      return new ScaffError('run.wrong_state', 'The run is over; nothing can be answered any more.', { extra })
    case 'stale':
      return new ScaffError(
        'resume.token_expired',
        'This was handed to other people since the token was made. Read the run again for a fresh token.',
      )
    case 'not_approver':
      return new ScaffError(
        'approval.not_allowed',
        'You are not one of the approvers. Ask one of them, or have it reassigned.',
      )
    case 'not_your_turn':
      return new ScaffError(
        'approval.not_allowed',
        'Somebody before you is asked first. You get a mail when it is your turn.',
      )
    case 'self_approval':
      return new ScaffError(
        'approval.not_allowed',
        'You started this run, and its author does not let people approve what they asked for.',
      )
    case 'choice_not_offered':
      return invalid('decision', 'This choice is not offered here. Read the approval for its `choices`.')
    case 'approver_needed':
      return new ScaffError(
        'approval.approver_needed',
        'Several people are asked. Say in `approver` on whose behalf you decide: one of their addresses.',
      )
    case 'already_asked':
      return invalid('to', 'This person is asked already. Name somebody else.')
  }
}

function alreadyDecided(decided: Refused['decided']): string {
  const who = decided?.by ? ` by ${decided.by}` : ''
  const when = decided?.at ? ` at ${decided.at}` : ''
  return `This was ${decided?.outcome ?? 'answered'} already${who}${when}. Read the run to see where it stands.`
}

function invalid(path: string, message: string): ScaffError {
  return new ScaffError('request.invalid', message, { errors: [{ path, code: 'invalid', message }] })
}
