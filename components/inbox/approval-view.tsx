import Link from 'next/link'
import type { ReactNode } from 'react'
import { list, quorumSentence } from '#components/timeline/run-words.ts'
import { Decisions } from '#components/timeline/step-attempt.tsx'
import { Card, CardHeader } from '#components/ui/card.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { DateTime, RelativeTime } from '#components/ui/time.tsx'
import { VisibleText } from '#components/ui/visible-text.tsx'
import type { Approval } from '#lib/contracts/approvals.ts'
import { ApprovalSubject } from './approval-subject.tsx'
import { ApprovalStatusBadge } from './inbox-view.tsx'

interface ApprovalViewProps {
  readonly approval: Approval
  /** The form to decide with; shown only where there is a choice to make. */
  readonly decide: ReactNode
}

export function ApprovalView({ approval, decide }: ApprovalViewProps) {
  return (
    <div className="grid gap-6">
      <PageHeader
        trail={[{ href: '/inbox', label: 'Inbox' }]}
        title={<VisibleText text={approval.title} />}
        badges={<ApprovalStatusBadge status={approval.status} />}
      />
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_17rem]">
        <div className="grid min-w-0 gap-6">
          {approval.message && (
            <p className="text-sm whitespace-pre-wrap">
              <VisibleText text={approval.message} />
            </p>
          )}
          <section aria-labelledby="subject" className="grid gap-2">
            <h2 id="subject" className="text-sm font-semibold">
              What is approved
            </h2>
            <ApprovalSubject show={approval.show} provenance={approval.provenance} />
          </section>
          <DecisionArea approval={approval} decide={decide} />
          {approval.decisions.length > 0 && (
            <section aria-labelledby="decisions" className="grid gap-2">
              <h2 id="decisions" className="text-sm font-semibold">
                Decisions so far
              </h2>
              <Decisions decisions={approval.decisions} />
            </section>
          )}
        </div>
        <Facts approval={approval} />
      </div>
    </div>
  )
}

function DecisionArea({ approval, decide }: ApprovalViewProps) {
  if (approval.choices.length > 0) {
    return (
      <Card>
        <CardHeader title="Decide" />
        <div className="p-4">{decide}</div>
      </Card>
    )
  }
  if (approval.status !== 'pending') return null
  const awaited = approval.approvers.filter((approver) => approver.awaited).map((approver) => approver.email)
  return <Notice>{`This waits for ${list(awaited, 'and') || 'other people'}, not for you.`}</Notice>
}

function Facts({ approval }: { readonly approval: Approval }) {
  const progress = quorumSentence(approval.quorum)
  return (
    <dl className="grid gap-3 rounded-lg border bg-sunken p-4 text-[0.8125rem]">
      <Fact name="Workflow">
        <Link href={`/workflows/${approval.workflow_id}`} className="underline underline-offset-2">
          {approval.workflow_name}
        </Link>
      </Fact>
      <Fact name="Run">
        <Link href={`/runs/${approval.run_id}`} className="underline underline-offset-2">
          Open the run
        </Link>
      </Fact>
      {approval.requested_by && <Fact name="Asked by">{approval.requested_by}</Fact>}
      <Fact name="Asked">
        <DateTime at={approval.opened_at} />
      </Fact>
      {approval.status === 'pending' && (
        <Fact name="Due">{approval.expires_at ? <RelativeTime at={approval.expires_at} /> : 'No time limit'}</Fact>
      )}
      <Fact name="Approvers">{approval.approvers.map((approver) => approver.email).join(', ')}</Fact>
      {progress && <Fact name="Progress">{progress}</Fact>}
      {approval.decided && (
        <Fact name="Ended">
          {approval.decided.by ? `${approval.decided.by.label}, ` : ''}
          <DateTime at={approval.decided.at} />
        </Fact>
      )}
    </dl>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-ink-subtle">{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
