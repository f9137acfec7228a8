'use client'
import { ArrowLeft, Ellipsis, ExternalLink, Link2, PlayCircle, UserRoundPen } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { DropdownMenu } from '#components/ui/dropdown-menu.tsx'
import { RelativeTime } from '#components/ui/time.tsx'
import { VisibleText } from '#components/ui/visible-text.tsx'
import type { Approval } from '#lib/contracts/approvals.ts'
import { ApprovalBody } from './approval-body.tsx'
import { ApprovalStatusBadge } from './status-words.tsx'

export interface ApprovalPaneProps {
  readonly approval: Approval
  /** The buttons to decide with; shown only where there is a choice to make. */
  readonly decide: ReactNode
  /** The dialog that gives the place to somebody else; absent where there is none. */
  readonly reassign?: (open: boolean, onOpenChange: (open: boolean) => void) => ReactNode
  /** Back to the list, where both do not fit beside each other. */
  readonly onBack?: () => void
  /** It stands beside the list; otherwise it is the page. */
  readonly beside?: boolean
}

/** One request in full. What it takes to decide scrolls; the decision itself stays in sight below. */
export function ApprovalPane({ approval, decide, reassign, onBack, beside = false }: ApprovalPaneProps) {
  const [handing, setHanding] = useState(false)
  const Heading = beside ? 'h2' : 'h1'
  return (
    <article aria-label={approval.title} className="flex min-h-full flex-col">
      <header className="flex items-start gap-3 px-4 pt-4 pb-3 sm:px-6">
        {onBack && (
          <Button
            variant="ghost"
            size="icon"
            aria-label="Back to the list"
            onClick={onBack}
            className="-ms-2 lg:hidden"
          >
            <ArrowLeft aria-hidden="true" className="rtl:-scale-x-100" />
          </Button>
        )}
        <div className="min-w-0 flex-1">
          <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
            <Heading className="min-w-0 text-xl font-semibold tracking-tight text-balance">
              <VisibleText text={approval.title} />
            </Heading>
            <ApprovalStatusBadge status={approval.status} />
          </div>
          <p className="mt-0.5 text-[0.8125rem] text-ink-muted">
            {approval.requested_by ? (
              <>
                <VisibleText text={approval.requested_by} /> asks
              </>
            ) : (
              'Asked'
            )}{' '}
            by the workflow “<VisibleText text={approval.workflow_name} />
            ”, <RelativeTime at={approval.opened_at} />
          </p>
        </div>
        <div className="flex shrink-0 items-center gap-1">
          {approval.reassignable.length > 0 && reassign && (
            <Button size="sm" onClick={() => setHanding(true)} className="max-sm:hidden">
              <UserRoundPen aria-hidden="true" />
              Reassign
            </Button>
          )}
          <DropdownMenu
            align="end"
            trigger={
              <Button variant="ghost" size="icon" aria-label="More">
                <Ellipsis aria-hidden="true" />
              </Button>
            }
            items={[
              approval.reassignable.length > 0 &&
                reassign !== undefined && {
                  label: 'Reassign',
                  icon: UserRoundPen,
                  onSelect: () => setHanding(true),
                },
              { label: 'Open the run', icon: PlayCircle, href: `/runs/${approval.run_id}` },
              {
                label: 'Copy the link',
                icon: Link2,
                onSelect: () =>
                  void navigator.clipboard.writeText(new URL(`/inbox/${approval.id}`, window.location.href).href),
              },
              beside && { label: 'Open as a page', icon: ExternalLink, href: `/inbox/${approval.id}` },
            ]}
          />
        </div>
      </header>
      <div className="flex-1 px-4 pb-8 sm:px-6">
        <ApprovalBody approval={approval} />
      </div>
      {approval.choices.length > 0 && (
        <section
          aria-label="Your decision"
          className="sticky bottom-(--shell-bottom,0px) z-20 border-t bg-surface px-4 py-3 sm:px-6"
        >
          {decide}
        </section>
      )}
      {reassign?.(handing, setHanding)}
    </article>
  )
}
