'use client'
import { useQuery } from '@tanstack/react-query'
import { errorSentence, useTRPC } from '#components/trpc.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { VisibleText } from '#components/ui/visible-text.tsx'
import { ApprovalSkeleton } from './approval-skeleton.tsx'
import { ApprovalSubject } from './approval-subject.tsx'
import { DecideForm } from './decide-form.tsx'
import { FoldedText } from './folded-text.tsx'

interface InlineApprovalProps {
  /** The wait's id. */
  readonly id: string
  /** How many values it shows. */
  readonly values: number
  readonly onDone: () => Promise<void>
}

/** An approval within its run's page: what is approved always, the decision for those who are asked. */
export function InlineApproval({ id, values, onDone }: InlineApprovalProps) {
  const trpc = useTRPC()
  const approval = useQuery(trpc.approvals.get.queryOptions({ id }))
  if (approval.error) return <Notice tone="bad">{errorSentence(approval.error)}</Notice>
  if (!approval.data) return <ApprovalSkeleton values={values} />
  const { message, show, provenance, choices } = approval.data
  const subject = <ApprovalSubject show={show} provenance={provenance} text={(text) => <FoldedText text={text} />} />
  if (choices.length === 0) {
    return (
      <details>
        <summary className="w-fit rounded text-[0.8125rem] text-ink-muted hover:text-ink">
          See what is to be approved. It is not yours to decide.
        </summary>
        <div className="mt-3 max-w-3xl">{subject}</div>
      </details>
    )
  }
  return (
    <div className="grid gap-4">
      {message && (
        <p className="text-sm whitespace-pre-wrap people-text">
          <VisibleText text={message} />
        </p>
      )}
      {subject}
      {/* However long the text above is, the decision stays in sight. */}
      <div className="sticky bottom-(--shell-bottom,0px) z-10 -mx-4 -mb-3 border-t bg-surface px-4 py-3">
        <DecideForm approval={approval.data} onDone={onDone} />
      </div>
    </div>
  )
}
