import Link from 'next/link'
import { PublicPage } from '#components/shell/public-page.tsx'
import { quorumSentence } from '#components/timeline/run-words.ts'
import { Decisions } from '#components/timeline/step-attempt.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { DateTime } from '#components/ui/time.tsx'
import { VisibleText } from '#components/ui/visible-text.tsx'
import type { DecisionKind } from '#lib/contracts/runs.ts'
import { ApprovalSubject } from './approval-subject.tsx'
import { type LinkAction, LinkApprovalView, type OpenApprovalLink } from './link-approval-view.tsx'

interface LinkApprovalPageProps {
  readonly link: OpenApprovalLink
  readonly preselected: DecisionKind | null
  readonly action: LinkAction
}

/** Everything somebody needs to decide who may never have heard of Scaff: who asks, what exactly, until when. */
export function LinkApprovalPage({ link, preselected, action }: LinkApprovalPageProps) {
  const progress = quorumSentence(link.quorum)
  return (
    <PublicPage
      eyebrow={
        <>
          {link.requested_by ? `${link.requested_by} asks` : 'You are asked'} for your approval ·{' '}
          <VisibleText text={link.workflow_name} />
        </>
      }
      title={<VisibleText text={link.title} />}
      description={link.message && <VisibleText text={link.message} />}
    >
      <div className="grid gap-8">
        <section aria-labelledby="subject" className="grid gap-3">
          <h2 id="subject" className="text-base font-semibold">
            What you are asked to approve
          </h2>
          <ApprovalSubject show={link.show} provenance={link.provenance} />
        </section>
        {link.decisions.length > 0 && (
          <section aria-labelledby="decisions" className="grid gap-3">
            <h2 id="decisions" className="text-base font-semibold">
              Decided so far
            </h2>
            <Decisions decisions={link.decisions} />
          </section>
        )}
        <div className="grid gap-3">
          <Acts link={link} preselected={preselected} action={action} />
          <p className="text-sm text-ink-muted">
            Asked on <DateTime at={link.opened_at} />
            {link.expires_at && (
              <>
                , open until <DateTime at={link.expires_at} />
              </>
            )}
            .{progress && ` ${progress}.`} You decide as {link.approver}.
          </p>
        </div>
      </div>
    </PublicPage>
  )
}

function Acts({ link, preselected, action }: LinkApprovalPageProps) {
  if (link.confirm === 'login') {
    return (
      <Notice title="This is decided by signing in">
        <Link href={`/inbox/${link.approval_id}`} className="underline underline-offset-2">
          Open it in your inbox
        </Link>
      </Notice>
    )
  }
  if (link.choices.length === 0) {
    return (
      <Notice title="You cannot decide this yourself">
        You started this run, and its author lets only others approve what they asked for.
      </Notice>
    )
  }
  return <LinkApprovalView link={link} preselected={preselected} action={action} />
}
