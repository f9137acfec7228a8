import { mailSubject, oneLine } from '#lib/mail-subject.ts'
import type { FormOpening } from '#lib/workflow/catalog.ts'
import type { FormWaitState } from '#lib/workflow/state.ts'
import { formLinkToken } from '#server/auth/wait-links.ts'
import type { MessageRecord, RunRecord, WaitRecord } from './records.ts'
import type { Draft, LinkParts, RelLink } from './rendered.ts'
import { instant, starter } from './words.ts'

interface Request {
  readonly message: MessageRecord
  readonly row: WaitRecord
  readonly wait: FormWaitState
  readonly opening: FormOpening
  readonly run: RunRecord
  /** The recipient's; null: not known. */
  readonly zone: string | null
}

/** Asks the assignee of a form to fill it in. */
export function formMail({ keys, appUrl }: LinkParts, { message, row, wait, opening, run, zone }: Request): Draft {
  const title = oneLine(opening.title, row.stepId)
  const who = starter(run.profile)
  const token = formLinkToken(keys, row.id, { ...wait, generation: message.generation }, opening)
  const url = new URL(`/f/${token}`, appUrl).href
  const links: RelLink[] = [{ rel: 'form', label: 'Open the form', url, primary: true }]
  return {
    subject: mailSubject('form_request', opening.title, row.stepId),
    links,
    letter: {
      eyebrow: 'Form to fill in',
      title,
      preheader: `${who === null ? 'A workflow' : who} needs a few answers of yours.`,
      blocks: [
        {
          kind: 'text',
          text: `${who === null ? '' : `${who} started `}the workflow "${oneLine(run.workflowName, 'without a name')}"${who === null ? ' needs' : ', which needs'} a few answers of yours.`.replace(
            /^./,
            (first) => first.toUpperCase(),
          ),
        },
        ...(opening.description.trim() === '' ? [] : [{ kind: 'quote', text: opening.description } as const]),
        {
          kind: 'facts',
          facts: [
            ['Questions', String(opening.fields.filter(({ type }) => type !== 'hidden').length)],
            ['Due', wait.expires_at === null ? 'no date' : instant(wait.expires_at, zone)],
          ],
        },
        { kind: 'links', links },
        { kind: 'small', text: `This mail was sent to ${message.to}. You need no account for the form.` },
      ],
    },
  }
}
