import type { Db } from '#server/db/client.ts'
import { accountMail } from './account-mail.ts'
import { approvalMail } from './approval-mail.ts'
import { formMail } from './form-mail.ts'
import { letterToHtml } from './letter-html.ts'
import { letterToText } from './letter-text.ts'
import { accountTokenId, findMessage, loadRecords, type MessageRecord, type Records, zoneOf } from './records.ts'
import type { Draft, LinkParts, RenderedMail } from './rendered.ts'

export interface RenderParts extends LinkParts {
  readonly db: Db
}

/** One mail with its links, made from the rows it tells of; null when it or one of them is not there. */
export async function renderMessage(parts: RenderParts, message_id: string): Promise<RenderedMail | null> {
  const message = await findMessage(parts.db, message_id)
  return message === null ? null : render(parts, message, await loadRecords(parts.db, [message]))
}

/** As `renderMessage`, for rows that were read before. Links are minted here and stored nowhere. */
export function render(parts: LinkParts, message: MessageRecord, records: Records): RenderedMail | null {
  const draft = draftOf(parts, message, records)
  if (draft === null) return null
  const { subject, letter, links } = draft
  return {
    to: message.to,
    subject,
    text: letterToText(letter),
    html: letterToHtml(letter),
    links: links.map(({ rel, url }) => ({ rel, url })),
  }
}

function draftOf(parts: LinkParts, message: MessageRecord, records: Records): Draft | null {
  const zone = zoneOf(message, records)
  const tokenId = accountTokenId(message)
  if (tokenId !== null) {
    const token = records.tokens.get(tokenId)
    return token === undefined ? null : accountMail(parts, { message, token, zone })
  }
  const row = records.waits.get(message.waitId ?? '')
  const run = records.runs.get(message.runId ?? '')
  if (row === undefined || run === undefined) return null
  const { wait, opening } = row
  if (wait.kind === 'approval' && opening.kind === 'approval') {
    return approvalMail(parts, { message, row, wait, opening, run, zone, outputs: records.outputs.get(run.id) ?? [] })
  }
  if (wait.kind === 'form' && opening.kind === 'form')
    return formMail(parts, { message, row, wait, opening, run, zone })
  return null
}
