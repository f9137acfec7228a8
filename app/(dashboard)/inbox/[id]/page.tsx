import type { Metadata } from 'next'
import { ApprovalDetail } from '#components/inbox/approval-detail.tsx'
import { orNotFound, Prefetched, prefetch } from '../../prefetch.tsx'

export const metadata: Metadata = { title: 'Approval' }

interface ApprovalRouteProps {
  readonly params: Promise<{ id: string }>
}

export default async function ApprovalRoute({ params }: ApprovalRouteProps) {
  const { id } = await params
  const { trpc, queryClient } = await prefetch(`/inbox/${id}`)
  await orNotFound(queryClient.fetchQuery(trpc.approvals.get.queryOptions({ id })))
  return (
    <Prefetched client={queryClient}>
      <ApprovalDetail id={id} />
    </Prefetched>
  )
}
