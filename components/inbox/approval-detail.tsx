'use client'
import { useQuery } from '@tanstack/react-query'
import { errorSentence, useTRPC } from '#components/trpc.tsx'
import { Card } from '#components/ui/card.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { ApprovalView } from './approval-view.tsx'
import { DecideForm } from './decide-form.tsx'

/** Somebody else may decide it while it is open here. */
const REFRESH_MS = 10_000

export function ApprovalDetail({ id }: { readonly id: string }) {
  const trpc = useTRPC()
  const approval = useQuery(trpc.approvals.get.queryOptions({ id }, { refetchInterval: REFRESH_MS }))
  if (approval.error && !approval.data) return <Notice tone="bad">{errorSentence(approval.error)}</Notice>
  if (!approval.data) {
    return (
      <Card>
        <SkeletonRows label="Loading the approval" />
      </Card>
    )
  }
  return (
    <ApprovalView
      approval={approval.data}
      decide={<DecideForm id={approval.data.id} choices={approval.data.choices} />}
    />
  )
}
