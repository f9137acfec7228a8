import type { FormOpening } from '#lib/workflow/catalog.ts'
import type { MessageRecord, RunRecord, WaitRecord } from './records.ts'
import type { Draft, RelLink } from './rendered.ts'
import { formLink, type WaitLinkParts } from './wait-links.ts'
import { oneLine, starter, utc } from './words.ts'

interface Request {
  readonly message: MessageRecord
  readonly row: WaitRecord
  readonly opening: FormOpening
  readonly run: RunRecord
}

/** Asks the assignee of a form to fill it in. */
export function formMail(parts: WaitLinkParts, { message, row, opening, run }: Request): Draft {
  const title = oneLine(opening.title, row.stepId)
  const who = starter(run.profile)
  const links: RelLink[] = [
    { rel: 'form', label: 'Open the form', url: formLink(parts, row.id, message.generation), primary: true },
  ]
  return {
    subject: `Form to fill in - ${title}`,
    links,
    letter: {
      title,
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
            ['Due', row.wait.expires_at === null ? 'no date' : utc(row.wait.expires_at)],
          ],
        },
        { kind: 'links', links },
        { kind: 'small', text: `This mail was sent to ${message.to}. You need no account for the form.` },
      ],
    },
  }
}
