'use client'
import { clsx } from 'clsx'
import { ChevronsUp } from 'lucide-react'
import type { MouseEvent } from 'react'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { RelativeTime } from '#components/ui/time.tsx'
import { VisibleText } from '#components/ui/visible-text.tsx'
import type { ApprovalRow } from '#lib/contracts/approvals.ts'
import { Due } from './due.tsx'
import { ApprovalStatusBadge, quorumWords } from './status-words.tsx'

export interface InboxRowProps {
  readonly approval: ApprovalRow
  readonly href: string
  readonly current: boolean
  /** Current only because it is the first: on narrow screens nothing is open then. */
  readonly byDefault: boolean
  readonly onOpen: () => void
  /** null where several cannot be decided together. */
  readonly selection: { readonly selected: boolean; readonly allowed: boolean; readonly onToggle: () => void } | null
}

/** One request as a line of the list: what, from whom, until when. */
export function InboxRow({ approval, href, current, byDefault, onOpen, selection }: InboxRowProps) {
  const open = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0) return
    event.preventDefault()
    onOpen()
  }
  const progress = quorumWords(approval.quorum)
  return (
    <div
      data-row={approval.id}
      className={clsx(
        'group relative flex gap-2.5 border-s-2 py-2.5 ps-3.5 pe-4 transition-colors',
        current
          ? clsx('border-s-accent bg-accent-soft', byDefault && 'max-lg:border-s-transparent max-lg:bg-transparent')
          : 'border-s-transparent hover:bg-sunken',
      )}
    >
      {selection && (
        <span className="relative z-10 -m-1 flex h-7 shrink-0 items-center p-1">
          <Checkbox
            aria-label={`Select “${approval.title}”`}
            title={selection.allowed ? undefined : 'Only requests of the same step can be decided together'}
            checked={selection.selected}
            disabled={!selection.allowed}
            onChange={selection.onToggle}
          />
        </span>
      )}
      <div className="grid min-w-0 flex-1 gap-0.5">
        <div className="flex items-baseline gap-3">
          <a
            href={href}
            onClick={open}
            aria-current={current ? 'true' : undefined}
            className="min-w-0 flex-1 text-sm font-medium before:absolute before:inset-0 focus-visible:outline-none focus-visible:before:outline-2 focus-visible:before:-outline-offset-2 focus-visible:before:outline-accent-ink"
          >
            <VisibleText text={approval.title} className="block w-fit max-w-full truncate" />
          </a>
          <RelativeTime
            at={approval.decided?.at ?? approval.opened_at}
            className="shrink-0 text-xs whitespace-nowrap text-ink-subtle"
          />
        </div>
        {approval.excerpt && (
          <p className="text-[0.8125rem] text-ink-muted">
            <VisibleText text={approval.excerpt} className="block w-fit max-w-full truncate" />
          </p>
        )}
        <div className="flex items-center gap-x-2.5 overflow-hidden text-xs whitespace-nowrap text-ink-muted">
          {approval.status === 'pending' ? (
            approval.expires_at && <Due at={approval.expires_at} />
          ) : (
            <ApprovalStatusBadge status={approval.status} />
          )}
          {approval.priority !== 'normal' && <Priority priority={approval.priority} />}
          {progress && <span className="tabular">{progress}</span>}
          <span className="min-w-0 flex-1 truncate text-ink-subtle">
            {approval.decided && `${approval.decided.by?.label ?? 'Nobody decided'} · `}
            <VisibleText text={approval.workflow_name} />
            {approval.requested_by && (
              <>
                {' · '}
                <VisibleText text={approval.requested_by} />
              </>
            )}
          </span>
        </div>
      </div>
    </div>
  )
}

function Priority({ priority }: { readonly priority: 'low' | 'high' }) {
  if (priority === 'low') return <span className="whitespace-nowrap text-ink-subtle">Low priority</span>
  return (
    <span className="inline-flex items-center gap-0.5 font-medium whitespace-nowrap text-warn">
      <ChevronsUp aria-hidden="true" className="size-3.5" />
      High priority
    </span>
  )
}
