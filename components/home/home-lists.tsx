import { RotateCcw } from 'lucide-react'
import Link from 'next/link'
import { Due } from '#components/inbox/due.tsx'
import { Standing } from '#components/runs/run-words.tsx'
import { StatusIcon } from '#components/runs/status.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { Button } from '#components/ui/button.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { RelativeTime } from '#components/ui/time.tsx'
import type { ApprovalRow } from '#lib/contracts/approvals.ts'
import type { RunRow } from '#lib/contracts/runs.ts'
import { SectionCard } from './section-card.tsx'

export interface Loadable<T> {
  /** undefined while it loads. */
  readonly data: readonly T[] | undefined
  readonly error: string | null
  readonly onRetry?: () => Promise<unknown>
}

export function WaitingForMe({ approvals }: { readonly approvals: Loadable<ApprovalRow> }) {
  return (
    <SectionCard
      title="Waits for you"
      all={{ href: '/inbox', label: 'Open the inbox' }}
      items={approvals.data}
      error={approvals.error}
      onRetry={approvals.onRetry}
      empty="Nothing waits for you."
      row={(approval) => (
        <li key={approval.id} className="flex items-center gap-3 px-4 py-2.5">
          <div className="min-w-0 flex-1">
            <Link
              href={`/inbox/${approval.id}`}
              dir="auto"
              className="block w-fit max-w-full truncate text-sm font-medium hover:underline"
            >
              {approval.title}
            </Link>
            <p className="flex min-w-0 items-center gap-1.5 text-[0.8125rem] text-ink-muted">
              {approval.expires_at ? (
                <Due at={approval.expires_at} />
              ) : (
                <span className="shrink-0 whitespace-nowrap">
                  Asked <RelativeTime at={approval.opened_at} />
                </span>
              )}
              <span aria-hidden="true">·</span>
              <span dir="auto" className="truncate">
                {approval.workflow_name}
              </span>
            </p>
          </div>
          {approval.priority === 'high' && <Badge tone="warn">Urgent</Badge>}
          <ButtonLink size="sm" href={`/inbox/${approval.id}`} aria-label={`Decide “${approval.title}”`}>
            Decide
          </ButtonLink>
        </li>
      )}
    />
  )
}

interface FailedLatelyProps {
  readonly failed: Loadable<RunRow>
  readonly canRetry: boolean
  /** The run that is being taken up again, and what came of it. */
  readonly retrying: string | null
  readonly retryError: string | null
  readonly onRetry: (runId: string) => void
}

export function FailedLately({ failed, canRetry, retrying, retryError, onRetry }: FailedLatelyProps) {
  return (
    <SectionCard
      title="Failed lately"
      all={{ href: '/runs?status=failed', label: 'All failed runs' }}
      items={failed.data}
      error={failed.error}
      onRetry={failed.onRetry}
      empty="No run has failed."
      row={(run) => (
        <li key={run.run_id} className="flex items-center gap-3 px-4 py-2.5">
          <StatusIcon status={run.status} />
          <div className="min-w-0 flex-1">
            <p className="flex items-baseline gap-2">
              <Link href={`/runs/${run.run_id}`} dir="auto" className="truncate text-sm font-medium hover:underline">
                {run.workflow_name}
              </Link>
              <RelativeTime at={run.ended_at ?? run.updated_at} className="shrink-0 text-xs text-ink-subtle" />
            </p>
            <Standing run={run} className="line-clamp-2 text-[0.8125rem] text-ink-muted" />
            {retrying === run.run_id && retryError && <p className="text-[0.8125rem] text-bad">{retryError}</p>}
          </div>
          {canRetry && (
            <Button
              size="sm"
              aria-label={`Retry ${run.workflow_name}`}
              disabled={retrying === run.run_id && retryError === null}
              onClick={() => onRetry(run.run_id)}
            >
              <RotateCcw aria-hidden="true" />
              Retry
            </Button>
          )}
        </li>
      )}
    />
  )
}

export function UnderWay({ runs }: { readonly runs: Loadable<RunRow> }) {
  return (
    <SectionCard
      title="Under way"
      all={{ href: '/runs?status=running,queued,waiting', label: 'All under way' }}
      items={runs.data}
      error={runs.error}
      onRetry={runs.onRetry}
      empty="Nothing runs at the moment."
      row={(run) => (
        <li key={run.run_id} className="flex items-center gap-3 px-4 py-2.5">
          <StatusIcon status={run.status} />
          <div className="min-w-0 flex-1 sm:flex sm:items-baseline sm:gap-3">
            <Link
              href={`/runs/${run.run_id}`}
              dir="auto"
              className="block w-fit max-w-full truncate text-sm font-medium hover:underline sm:max-w-[45%] sm:shrink-0"
            >
              {run.workflow_name}
            </Link>
            <Standing run={run} className="line-clamp-2 min-w-0 text-[0.8125rem] text-ink-muted sm:line-clamp-1" />
          </div>
          <RelativeTime at={run.started_at} className="shrink-0 text-xs text-ink-subtle" />
        </li>
      )}
    />
  )
}
