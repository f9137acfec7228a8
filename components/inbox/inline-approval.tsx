'use client'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { errorSentence, useTRPC } from '#components/trpc.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { VisibleText } from '#components/ui/visible-text.tsx'
import { ApprovalSubject } from './approval-subject.tsx'
import { DecideForm } from './decide-form.tsx'

interface InlineApprovalProps {
  /** The wait's id. */
  readonly id: string
  readonly onDone: () => Promise<void>
}

/** An approval within its run's page: what is approved always, the decision for those who are asked. */
export function InlineApproval({ id, onDone }: InlineApprovalProps) {
  const trpc = useTRPC()
  const approval = useQuery(trpc.approvals.get.queryOptions({ id }))
  if (approval.error) return <Notice tone="bad">{errorSentence(approval.error)}</Notice>
  if (!approval.data) return <Skeleton className="h-4 w-1/2" />
  const { message, show, provenance, choices } = approval.data
  return (
    <div className="grid max-w-3xl gap-4">
      {message && (
        <p className="text-sm break-words whitespace-pre-wrap">
          <VisibleText text={message} />
        </p>
      )}
      <ApprovalSubject show={show} provenance={provenance} />
      {choices.length > 0 ? (
        <DecideForm id={id} choices={choices} onDone={onDone} />
      ) : (
        <p className="text-[0.8125rem] text-ink-muted">
          It is not yours to decide.{' '}
          <Link href={`/inbox/${id}`} className="underline underline-offset-2">
            Open it in the inbox
          </Link>
        </p>
      )}
    </div>
  )
}
