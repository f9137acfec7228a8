import { Plus } from 'lucide-react'
import type { Metadata } from 'next'
import { pagesOf } from '#components/paging.ts'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { readFilters, workflowListInput } from '#components/workflows/workflow-filters.ts'
import { WorkflowList } from '#components/workflows/workflow-list.tsx'
import { may } from '#server/services/authorise.ts'
import { Prefetched, prefetch } from '../../prefetch.tsx'

export const metadata: Metadata = { title: 'Workflows' }

interface WorkflowsPageProps {
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>
}

export default async function WorkflowsPage({ searchParams }: WorkflowsPageProps) {
  const params = await searchParams
  const { actor, trpc, api, queryClient } = await prefetch('/workflows')
  const input = workflowListInput(readFilters((name) => [params[name]].flat()[0]))
  await Promise.all([
    queryClient.prefetchInfiniteQuery(
      pagesOf(trpc.workflows.list.infiniteQueryKey(input), (page) => api.workflows.list({ ...input, ...page })),
    ),
    queryClient.prefetchQuery(trpc.workflows.tags.queryOptions()),
  ])
  const can = {
    create: may(actor, 'workflow:create'),
    run: may(actor, 'run:start'),
    update: may(actor, 'workflow:update'),
    remove: may(actor, 'workflow:delete'),
  }
  return (
    <Prefetched client={queryClient}>
      <div className="grid gap-6">
        <PageHeader
          title="Workflows"
          actions={
            can.create && (
              <ButtonLink href="/workflows/new" variant="primary">
                <Plus aria-hidden="true" />
                New workflow
              </ButtonLink>
            )
          }
        />
        <WorkflowList can={can} />
      </div>
    </Prefetched>
  )
}
