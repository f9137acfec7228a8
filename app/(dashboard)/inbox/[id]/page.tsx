import type { Metadata } from 'next'
import { cache } from 'react'
import { ApprovalPage } from '#components/inbox/approval-page.tsx'
import { orNotFound, Prefetched, prefetch } from '../../prefetch.tsx'

interface ApprovalRouteProps {
  readonly params: Promise<{ id: string }>
}

/** Read once for a request: the title and the page share it. */
const readApproval = cache(async (id: string) => {
  const { trpc, queryClient } = await prefetch(`/inbox/${id}`)
  return { queryClient, approval: await orNotFound(queryClient.fetchQuery(trpc.approvals.get.queryOptions({ id }))) }
})

export async function generateMetadata({ params }: ApprovalRouteProps): Promise<Metadata> {
  const { approval } = await readApproval((await params).id)
  return { title: `${approval.title} · Inbox` }
}

export default async function ApprovalRoute({ params }: ApprovalRouteProps) {
  const { id } = await params
  const { queryClient } = await readApproval(id)
  return (
    <Prefetched client={queryClient}>
      <ApprovalPage id={id} />
    </Prefetched>
  )
}
