import { consequenceOf, silenceOf } from '#lib/consequences.ts'
import { mailSubject, oneLine } from '#lib/mail-subject.ts'
import { provenanceOf } from '#lib/provenance.ts'
import type { ApprovalOpening } from '#lib/workflow/catalog.ts'
import type { OutputSource } from '#lib/workflow/data.ts'
import { approvalsNeeded } from '#lib/workflow/quorum.ts'
import type { ApprovalWaitState, DecisionKind } from '#lib/workflow/state.ts'
import { approvalLinkToken, confirmationCode } from '#server/auth/wait-links.ts'
import type { Block } from './letter.ts'
import type { MessageRecord, Records, RunRecord, WaitRecord } from './records.ts'
import type { Draft, LinkParts, RelLink } from './rendered.ts'
import { valueText } from './value-text.ts'
import { instant, starter } from './words.ts'

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
  /** The recipient's; null: not known. */
  readonly zone: string | null
  readonly outputs: NonNullable<ReturnType<Records['outputs']['get']>>
}

const EYEBROWS: Readonly<Record<string, string>> = {
  approval_reminder: 'Approval required · reminder',
  approval_escalation: 'Approval required · escalated',
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
      eyebrow: EYEBROWS[message.kind] ?? 'Approval required',
      title,
      preheader: `${introduction(request)} Due: ${due(request)}`,
      blocks: [
        { kind: 'text', text: introduction(request) },
        ...(opening.message.trim() === '' ? [] : [{ kind: 'quote', text: opening.message } as const]),
        { kind: 'facts', facts: facts(request) },
        ...shown(request),
        { kind: 'facts', facts: consequences(request) },
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
  const asks =
    who === null
      ? `The workflow "${workflowName(run)}" asks for your approval.`
      : `${capital(who)} asks for your approval.`
  if (message.kind === 'approval_reminder') return `${asks} It still waits for you.`
  if (message.kind === 'approval_escalation') return `${asks} Nobody else decided in time, so it comes to you.`
  return asks
}

function workflowName(run: RunRecord): string {
  return oneLine(run.workflowName, 'without a name')
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** Exactly what is approved, from the stored bytes. */
function shown({ opening, outputs }: Request): Block[] {
  const entries = Object.entries(opening.show)
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

function facts(request: Request): (readonly [string, string])[] {
  const { wait, run } = request
  const needed = approvalsNeeded(wait)
  const many = wait.approvers.length > 1
  return [
    ['Workflow', workflowName(run)],
    ['Due', due(request)],
    ...(many
      ? [['Asked', `${wait.approvers.length} people, ${needed} approval${needed === 1 ? '' : 's'} needed`] as const]
      : []),
  ]
}

function due({ wait, run, zone }: Request): string {
  if (wait.expires_at === null) return 'No date: it waits until somebody decides.'
  return `${instant(wait.expires_at, zone)}. ${silenceOf(wait, run.steps) ?? ''}`.trim()
}

/** What follows from each choice, next to where it is made. */
function consequences({ wait, run }: Request): (readonly [string, string])[] {
  return wait.terms.choices.map((choice) => [IF[choice], consequenceOf(choice, wait, run.steps)] as const)
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
