import { consequenceOf, silenceOf } from '#lib/consequences.ts'
import { mailSubject, oneLine } from '#lib/mail-subject.ts'
import { provenanceOf } from '#lib/provenance.ts'
import { shownOf } from '#lib/shown.ts'
import type { ApprovalOpening } from '#lib/workflow/catalog.ts'
import type { OutputSource } from '#lib/workflow/data.ts'
import { approvalsNeeded } from '#lib/workflow/quorum.ts'
import type { ApprovalWaitState, DecisionKind } from '#lib/workflow/state.ts'
import { approvalLinkToken, confirmationCode } from '#server/auth/wait-links.ts'
import type { Block } from './letter.ts'
import type { MessageRecord, Records, RunRecord, WaitRecord } from './records.ts'
import type { Draft, LinkParts, RelLink } from './rendered.ts'
import { valueText } from './value-text.ts'
import { starter, utc } from './words.ts'

const NOTES: Readonly<Record<OutputSource, string>> = {
  ai: 'Written by AI',
  person: 'Entered by a person',
  call: 'From another system',
  decision: 'Decided by people',
  pure: 'Computed by the workflow',
}

interface Request {
  readonly message: MessageRecord
  readonly row: WaitRecord
  readonly wait: ApprovalWaitState
  readonly opening: ApprovalOpening
  readonly run: RunRecord
  readonly outputs: NonNullable<ReturnType<Records['outputs']['get']>>
}

/** Asks one approver: who wants it, what exactly, what follows from each choice, and until when. */
export function approvalMail(parts: LinkParts, request: Request): Draft {
  const { message, wait, opening } = request
  const title = oneLine(opening.title, wait.step)
  const links = linksOf(parts, request)
  return {
    subject: mailSubject(message.kind, opening.title, wait.step),
    links,
    letter: {
      title,
      blocks: [
        { kind: 'text', text: introduction(request) },
        ...(opening.message.trim() === '' ? [] : [{ kind: 'quote', text: opening.message } as const]),
        ...shown(request),
        { kind: 'facts', facts: facts(request) },
        ...(opening.confirm === 'code' ? [code(parts, request)] : []),
        { kind: 'links', links },
        {
          kind: 'small',
          text: `A link only opens the page: you decide there, in a second step${opening.confirm === 'login' ? ', signed in' : ''}. This mail was sent to ${message.to}; whoever has its links can decide in your place, so do not pass it on.`,
        },
      ],
    },
  }
}

function introduction({ message, run }: Request): string {
  const who = starter(run.profile)
  const workflow = `the workflow "${oneLine(run.workflowName, 'without a name')}"`
  const asks =
    who === null
      ? `${capital(workflow)} asks for your approval.`
      : `${capital(who)} asks for your approval in ${workflow}.`
  if (message.kind === 'approval_reminder') return `${asks} It still waits for you.`
  if (message.kind === 'approval_escalation') return `${asks} Nobody else decided in time, so it comes to you.`
  return asks
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** Exactly what is approved, from the stored bytes. */
function shown({ opening, outputs }: Request): Block[] {
  const entries = Object.entries(shownOf(opening))
  if (entries.length === 0)
    return [{ kind: 'text', text: 'No data is attached: only the title and message are approved.' }]
  const sources = provenanceOf(opening.show, outputs)
  return entries.map(([label, value]) => {
    const { text, cut } = valueText(value)
    const source = sources[label]
    const note = source === undefined ? null : NOTES[source]
    return {
      kind: 'value',
      label: oneLine(label, '(no name)'),
      text: cut ? `${text}\n\n[Shortened here. The page shows all of it; read it there before you decide.]` : text,
      note,
      ai: source === 'ai',
    }
  })
}

const IF: Readonly<Record<DecisionKind, string>> = {
  approve: 'If you approve',
  reject: 'If you reject',
  revise: 'If you ask for changes',
}

function facts({ wait, run }: Request): (readonly [string, string])[] {
  const needed = approvalsNeeded(wait)
  const silence = silenceOf(wait, run.steps)
  return [
    ...wait.terms.choices.map((choice) => [IF[choice], consequenceOf(choice, wait, run.steps)] as const),
    ...(wait.approvers.length > 1
      ? [['Asked', `${wait.approvers.length} people, ${needed} approval${needed === 1 ? '' : 's'} needed`] as const]
      : []),
    ['Due', wait.expires_at === null ? 'no date' : `${utc(wait.expires_at)}. ${silence ?? ''}`.trim()],
  ]
}

/** The round this mail belongs to: a mail of an earlier one must not become a key to the present. */
function round({ message, wait }: Request): ApprovalWaitState {
  return { ...wait, generation: message.generation }
}

function linksOf({ keys, appUrl }: LinkParts, request: Request): RelLink[] {
  const { message, row, wait } = request
  const { choices } = wait.terms
  const page = new URL(`/a/${approvalLinkToken(keys, row.id, round(request), message.approver ?? '')}`, appUrl).href
  const choice = (rel: 'approve' | 'reject', label: string, primary: boolean): RelLink[] =>
    choices.includes(rel) ? [{ rel, label, url: `${page}?choice=${rel}`, primary }] : []
  return [
    ...choice('approve', 'Approve', true),
    ...choice('reject', 'Reject', false),
    {
      rel: 'review',
      label: choices.includes('revise') ? 'Review or ask for changes' : 'Review',
      url: page,
      primary: false,
    },
  ]
}

function code({ keys }: LinkParts, request: Request): Block {
  const digits = confirmationCode(keys, request.row.id, round(request), request.message.approver ?? '')
  return { kind: 'code', label: 'Your code to confirm with', code: digits }
}
