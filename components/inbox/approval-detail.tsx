'use client'
import { useQuery } from '@tanstack/react-query'
import { useLive } from '#components/live/use-live.ts'
import { errorSentence, useTRPC } from '#components/trpc.tsx'
import { Failure } from '#components/ui/failure.tsx'
import { lazyPart } from '#components/ui/lazy-part.ts'
import { OnDemand } from '#components/ui/on-demand.tsx'
import { ApprovalPane } from './approval-pane.tsx'
import { DecideForm } from './decide-form.tsx'
import { PaneSkeleton } from './pane-skeleton.tsx'

const ReassignDialog = lazyPart(async () => (await import('./reassign-dialog.tsx')).ReassignDialog)

interface ApprovalDetailProps {
  readonly id: string
  readonly beside?: boolean
  readonly onBack?: () => void
  readonly onDecided?: () => void
}

/** One request, kept up to date: somebody else may decide it while it is open here. */
export function ApprovalDetail({ id, beside, onBack, onDecided }: ApprovalDetailProps) {
  const trpc = useTRPC()
  const { data: approval, error, refetch } = useQuery(trpc.approvals.get.queryOptions({ id }))
  useLive(() => void refetch(), approval ? { runId: approval.run_id } : {})
  if (error && !approval) {
    return (
      <div className="p-4 sm:p-6">
        <Failure error={errorSentence(error)} onRetry={refetch} />
      </div>
    )
  }
  if (!approval) return <PaneSkeleton />
  return (
    <ApprovalPane
      key={approval.id}
      approval={approval}
      beside={beside}
      onBack={onBack}
      decide={<DecideForm approval={approval} keys onDecided={onDecided} />}
      reassign={(open, onOpenChange) => (
        <OnDemand open={open}>
          <ReassignDialog approval={approval} open={open} onOpenChange={onOpenChange} />
        </OnDemand>
      )}
    />
  )
}
