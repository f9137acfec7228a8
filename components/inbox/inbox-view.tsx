import { clsx } from 'clsx'
import { CircleCheck, Clock } from 'lucide-react'
import Link from 'next/link'
import { quorumSentence } from '#components/timeline/run-words.ts'
import { Badge, type Tone } from '#components/ui/badge.tsx'
import { Card } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { MoreButton } from '#components/ui/more-button.tsx'
import { NavTabs } from '#components/ui/nav-tabs.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { RelativeTime } from '#components/ui/time.tsx'
import { VisibleText } from '#components/ui/visible-text.tsx'
import type { ApprovalRow, ApprovalStatus } from '#lib/contracts/approvals.ts'
import type { InboxTab } from './inbox-input.ts'

export interface InboxViewProps {
  readonly tab: InboxTab
  readonly counts: { readonly mine: number; readonly all: number } | undefined
  /** undefined while it loads. */
  readonly approvals: readonly ApprovalRow[] | undefined
  readonly error?: string | null
  readonly hasMore?: boolean
  readonly loadingMore?: boolean
  readonly onMore?: () => void
}

export function InboxView({ tab, counts, approvals, error, hasMore, loadingMore, onMore }: InboxViewProps) {
  return (
    <div className="grid gap-4">
      <NavTabs
        label="Inbox"
        tabs={[
          { href: '/inbox', label: 'For me', current: tab === 'mine', count: counts?.mine },
          { href: '/inbox?tab=all', label: 'Everybody’s', current: tab === 'all', count: counts?.all },
          { href: '/inbox?tab=decided', label: 'Decided', current: tab === 'decided' },
        ]}
      />
      {error && <Notice tone="bad">{error}</Notice>}
      <Card className={clsx('overflow-hidden', error && !approvals && 'hidden')}>
        {!approvals && !error && <SkeletonRows label="Loading approvals" />}
        {approvals?.length === 0 && <Nothing tab={tab} />}
        {approvals && approvals.length > 0 && (
          <ul className="divide-y">
            {approvals.map((approval) => (
              <li key={approval.id}>
                <Row approval={approval} />
              </li>
            ))}
          </ul>
        )}
      </Card>
      {hasMore && onMore && <MoreButton loading={loadingMore} onClick={onMore} />}
    </div>
  )
}

function Row({ approval }: { readonly approval: ApprovalRow }) {
  const progress = quorumSentence(approval.quorum)
  return (
    <Link
      href={`/inbox/${approval.id}`}
      className="grid gap-x-6 gap-y-0.5 px-4 py-3 transition-colors hover:bg-sunken sm:grid-cols-[minmax(0,1fr)_auto]"
    >
      <span className="flex min-w-0 items-center gap-2">
        <span className="truncate text-sm font-medium">
          <VisibleText text={approval.title} />
        </span>
        {approval.priority === 'high' && <Badge tone="warn">High priority</Badge>}
      </span>
      <span className="flex items-center gap-3 text-[0.8125rem] text-ink-muted sm:justify-end">
        {approval.status === 'pending' ? <Due approval={approval} /> : <ApprovalStatusBadge status={approval.status} />}
      </span>
      <span className="truncate text-[0.8125rem] text-ink-muted">
        {approval.workflow_name}
        {approval.requested_by && ` · asked by ${approval.requested_by}`}
        {progress && ` · ${progress}`}
      </span>
      <span className="text-[0.8125rem] text-ink-subtle sm:text-right">
        {approval.decided ? (
          <>
            {approval.decided.by?.label ?? 'Nobody'}, <RelativeTime at={approval.decided.at} />
          </>
        ) : (
          <RelativeTime at={approval.opened_at} />
        )}
      </span>
    </Link>
  )
}

function Due({ approval }: { readonly approval: ApprovalRow }) {
  if (!approval.expires_at) return <span className="text-ink-subtle">No time limit</span>
  return (
    <span className="flex items-center gap-1.5">
      <Clock aria-hidden="true" className="size-3.5 text-ink-subtle" />
      <span>
        Due <RelativeTime at={approval.expires_at} />
      </span>
    </span>
  )
}

const LOOKS: Readonly<Record<ApprovalStatus, { label: string; tone: Tone }>> = {
  pending: { label: 'Waiting', tone: 'warn' },
  approved: { label: 'Approved', tone: 'good' },
  rejected: { label: 'Rejected', tone: 'bad' },
  revised: { label: 'Sent back', tone: 'info' },
  expired: { label: 'Expired', tone: 'neutral' },
  canceled: { label: 'Canceled', tone: 'neutral' },
}

export function ApprovalStatusBadge({ status }: { readonly status: ApprovalStatus }) {
  return <Badge tone={LOOKS[status].tone}>{LOOKS[status].label}</Badge>
}

function Nothing({ tab }: { readonly tab: InboxTab }) {
  if (tab === 'decided') {
    return (
      <EmptyState icon={CircleCheck} title="Nothing was decided yet">
        Decisions stay here with who made them, when and why.
      </EmptyState>
    )
  }
  return (
    <EmptyState icon={CircleCheck} title={tab === 'mine' ? 'Nothing waits for you' : 'Nothing waits for anybody'}>
      When a run asks for your approval, it stands here and a mail tells you.
    </EmptyState>
  )
}
