import { PublicPage } from '#components/shell/public-page.tsx'
import { DateTime } from '#components/ui/date-time.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { RelativeTime } from '#components/ui/time.tsx'
import { VisibleText } from '#components/ui/visible-text.tsx'
import type { DecisionKind } from '#lib/contracts/run-waits.ts'
import { ApprovalSubject } from './approval-subject.tsx'
import { changedKeys } from './changed-keys.ts'
import { EarlierNote, EarlierValue } from './earlier-request.tsx'
import { type LinkAction, LinkApprovalView, type OpenApprovalLink } from './link-approval-view.tsx'
import { People } from './people.tsx'
import { ShownValue } from './shown-value.tsx'

interface LinkApprovalPageProps {
  readonly link: OpenApprovalLink
  readonly preselected: DecisionKind | null
  readonly action: LinkAction
}

/** Everything somebody needs to decide who may never have heard of Scaff: who asks, what exactly, until when. */
export function LinkApprovalPage({ link, preselected, action }: LinkApprovalPageProps) {
  return (
    <PublicPage
      eyebrow={<>{link.requested_by ? <VisibleText text={link.requested_by} /> : 'Somebody'} asks for your approval</>}
      title={<VisibleText text={link.title} />}
      description={link.message && <VisibleText text={link.message} />}
      facts={<Why link={link} />}
    >
      <div className="grid gap-8">
        <Subject link={link} />
        {link.approvers.length > 1 && (
          <section aria-labelledby="people" className="grid gap-3">
            <h2 id="people" className="text-base font-semibold">
              Who decides
            </h2>
            <People approvers={link.approvers} decisions={link.decisions} quorum={link.quorum} open />
          </section>
        )}
        <Acts link={link} preselected={preselected} action={action} />
      </div>
    </PublicPage>
  )
}

function Why({ link }: { readonly link: OpenApprovalLink }) {
  return (
    <>
      <li>
        The workflow “<VisibleText text={link.workflow_name} />” waits for your decision. You got this as{' '}
        <span className="font-medium [overflow-wrap:anywhere] text-ink">{link.approver}</span>.
      </li>
      <li>
        Asked <RelativeTime at={link.opened_at} />.{' '}
        {link.expires_at ? (
          <>
            Open until <DateTime at={link.expires_at} className="font-medium text-ink" />. {link.silence}
          </>
        ) : (
          'There is no time limit.'
        )}
      </li>
    </>
  )
}

function Subject({ link }: { readonly link: OpenApprovalLink }) {
  const { previous, show } = link
  const changed = previous ? new Set(changedKeys(previous.show, show).changed) : null
  return (
    <section aria-labelledby="subject" className="grid gap-3">
      <h2 id="subject" className="text-base font-semibold">
        What you are asked to approve
      </h2>
      {previous && <EarlierNote previous={previous} show={show} />}
      <ApprovalSubject
        show={show}
        provenance={link.provenance}
        instead={(key) =>
          previous && changed?.has(key) ? (
            <>
              <ShownValue value={show[key] ?? null} />
              <EarlierValue value={previous.show[key] ?? null} />
            </>
          ) : null
        }
      />
    </section>
  )
}

function Acts({ link, preselected, action }: LinkApprovalPageProps) {
  if (link.confirm === 'login') {
    return (
      <Notice title="This is decided by signing in">
        {/* A plain link: it leads into the app, whose code is not needed here. */}
        <a href={`/inbox/${link.approval_id}`} className="underline underline-offset-2">
          Open it in your inbox
        </a>
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
