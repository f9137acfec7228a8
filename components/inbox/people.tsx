import { Check, CircleDashed, Hourglass, type LucideIcon, PencilLine, X } from 'lucide-react'
import { RelativeTime } from '#components/ui/time.tsx'
import { VisibleText } from '#components/ui/visible-text.tsx'
import type { Approval } from '#lib/contracts/approvals.ts'
import type { DecisionEntry } from '#lib/contracts/run-waits.ts'
import { policyWords } from './status-words.tsx'

interface PeopleProps {
  readonly approvers: Approval['approvers']
  readonly decisions: readonly DecisionEntry[]
  readonly quorum: Approval['quorum']
  /** While nothing is decided for good, who has said nothing is still asked. */
  readonly open: boolean
}

/** Everybody who is asked: who decided what, when and why, whose turn it is, and how many it takes. */
export function People({ approvers, decisions, quorum, open }: PeopleProps) {
  const policy = policyWords(quorum)
  const others = decisions.filter(({ approver }) => !approvers.some(({ email }) => email === approver))
  return (
    <div className="grid gap-2">
      {policy && (
        <p className="text-[0.8125rem] text-ink-muted">
          {policy} {quorum.needed > 1 && `${quorum.approved} of ${quorum.needed} so far.`}
        </p>
      )}
      <ul className="grid gap-2">
        {approvers.map(({ email, awaited }) => (
          <Person
            key={email}
            email={email}
            decision={decisions.find(({ approver }) => approver === email)}
            silent={open ? (awaited ? 'asked' : 'later') : 'closed'}
          />
        ))}
        {others.map((decision) => (
          <Person
            key={`${decision.approver} ${decision.at}`}
            email={decision.approver}
            decision={decision}
            silent="closed"
          />
        ))}
      </ul>
    </div>
  )
}

type Silent = 'asked' | 'later' | 'closed'

const SAID = {
  approve: { icon: Check, words: 'Approved', tone: 'text-good' },
  reject: { icon: X, words: 'Rejected', tone: 'text-bad' },
  revise: { icon: PencilLine, words: 'Asked for changes', tone: 'text-info' },
} as const

const SILENT: Readonly<Record<Silent, { icon: LucideIcon; words: string; tone: string }>> = {
  asked: { icon: Hourglass, words: 'Is asked now', tone: 'text-warn' },
  later: { icon: CircleDashed, words: 'Is asked when it is their turn', tone: 'text-ink-subtle' },
  closed: { icon: CircleDashed, words: 'Did not decide', tone: 'text-ink-subtle' },
}

const VIA = { app: '', link: ' by the mailed link', key: ' by an API key', timeout: ' by the time limit' } as const

function Person({
  email,
  decision,
  silent,
}: {
  readonly email: string
  readonly decision: DecisionEntry | undefined
  readonly silent: Silent
}) {
  const { icon: Icon, words, tone } = decision ? SAID[decision.decision] : SILENT[silent]
  const stands = decision && decision.by.label !== email && decision.by.via !== 'timeout'
  return (
    <li className="flex gap-2 text-[0.8125rem]">
      <Icon aria-hidden="true" className={`mt-0.5 size-4 shrink-0 ${tone}`} />
      <div className="min-w-0">
        <p className="font-medium">
          <VisibleText text={email || 'The time limit'} />
        </p>
        <p className="text-ink-muted">
          {words}
          {decision && VIA[decision.by.via]}
          {stands && ` (${decision.by.label})`}
          {decision && (
            <>
              {', '}
              <RelativeTime at={decision.at} />
            </>
          )}
        </p>
        {decision?.comment && (
          <blockquote className="mt-1 border-s-2 ps-2.5 whitespace-pre-wrap text-ink people-text">
            <VisibleText text={decision.comment} />
          </blockquote>
        )}
      </div>
    </li>
  )
}
