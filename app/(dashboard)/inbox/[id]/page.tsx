import type { Metadata } from 'next'
import { ApprovalPage } from '#components/inbox/approval-page.tsx'
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
      <ApprovalPage id={id} />
    </Prefetched>
  )
}
