import { Plus } from 'lucide-react'
import type { Metadata } from 'next'
import { pagesOf } from '#components/paging.ts'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { WorkflowList } from '#components/workflows/workflow-list.tsx'
import { may } from '#server/services/authorise.ts'
import { Prefetched, prefetch } from '../../prefetch.tsx'

export const metadata: Metadata = { title: 'Workflows' }

interface WorkflowsPageProps {
  readonly searchParams: Promise<{ q?: string }>
}

export default async function WorkflowsPage({ searchParams }: WorkflowsPageProps) {
  const { q = '' } = await searchParams
  const { actor, trpc, api, queryClient } = await prefetch('/workflows')
  const input = q.trim() === '' ? {} : { q: q.trim() }
  await queryClient.prefetchInfiniteQuery(
    pagesOf(trpc.workflows.list.infiniteQueryKey(input), (page) => api.workflows.list({ ...input, ...page })),
  )
  const canCreate = may(actor, 'workflow:create')
  return (
    <Prefetched client={queryClient}>
      <div className="grid gap-6">
        <PageHeader
          title="Workflows"
          actions={
            canCreate && (
              <ButtonLink href="/workflows/new" variant="primary">
                <Plus aria-hidden="true" />
                New workflow
              </ButtonLink>
            )
          }
        />
        <WorkflowList canCreate={canCreate} />
      </div>
    </Prefetched>
  )
}
