import { oneLine } from '#lib/mail-subject.ts'
import { accountLink } from '#server/auth/account-token.ts'
import type { AccountTokenRecord, MessageRecord } from './records.ts'
import type { Draft, LinkParts, RelLink } from './rendered.ts'
import { instant } from './words.ts'

interface Request {
  readonly message: MessageRecord
  readonly token: AccountTokenRecord
  /** The recipient's; null: not known. */
  readonly zone: string | null
}

/** An invitation, or the link to choose a new password. */
export function accountMail({ keys, appUrl }: LinkParts, request: Request): Draft {
  const url = accountLink(keys, appUrl, request.token)
  return request.token.kind === 'reset' ? resetMail(request, url) : inviteMail(request, url, appUrl)
}

function inviteMail({ message, token, zone }: Request, url: string, appUrl: string): Draft {
  const inviter = typeof message.data.invited_by === 'string' ? oneLine(message.data.invited_by, 'Somebody') : null
  const links: RelLink[] = [{ rel: 'invite', label: 'Accept the invitation', url, primary: true }]
  const as = token.role === null ? '' : ` as ${token.role}`
  return {
    subject: 'You are invited to Scaff',
    links,
    letter: {
      eyebrow: 'Invitation',
      title: 'You are invited to Scaff',
      preheader: `${inviter ?? 'An administrator'} invites you${as}. Choose a password, and your account is ready.`,
      blocks: [
        { kind: 'text', text: `${inviter ?? 'An administrator'} invites you${as} to Scaff at ${appUrl}.` },
        { kind: 'text', text: 'Choose a password on the page behind this link, and your account is ready.' },
        { kind: 'links', links },
        { kind: 'facts', facts: [['The link works until', instant(token.expiresAt, zone)]] },
        { kind: 'small', text: `This mail was sent to ${message.to}. If you expected no invitation, ignore it.` },
      ],
    },
  }
}

function resetMail({ message, token, zone }: Request, url: string): Draft {
  const links: RelLink[] = [{ rel: 'reset', label: 'Choose a new password', url, primary: true }]
  return {
    subject: 'Choose a new password for Scaff',
    links,
    letter: {
      eyebrow: 'Your account',
      title: 'Choose a new password',
      preheader: 'Somebody asked for a new password for your account. If it was not you, ignore this mail.',
      blocks: [
        { kind: 'text', text: `Somebody asked for a new password for the account ${message.to}.` },
        { kind: 'links', links },
        { kind: 'facts', facts: [['The link works once, until', instant(token.expiresAt, zone)]] },
        { kind: 'small', text: 'If it was not you, ignore this mail: your password stays as it is.' },
      ],
    },
  }
}
