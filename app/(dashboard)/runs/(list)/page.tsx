import type { Metadata } from 'next'
import { pagesOf } from '#components/paging.ts'
import { RunList } from '#components/runs/run-list.tsx'
import { runListInput, toStatus } from '#components/runs/run-list-input.ts'
import { PageHeader } from '#components/ui/page-header.tsx'
import { Prefetched, prefetch } from '../../prefetch.tsx'

export const metadata: Metadata = { title: 'Runs' }

interface RunsPageProps {
  readonly searchParams: Promise<{ q?: string; status?: string; workflow_id?: string }>
}

export default async function RunsPage({ searchParams }: RunsPageProps) {
  const { q, status, workflow_id: workflowId } = await searchParams
  const { trpc, api, queryClient } = await prefetch('/runs')
  const input = runListInput({ q, status: toStatus(status), workflowId })
  await queryClient.prefetchInfiniteQuery(
    pagesOf(trpc.runs.list.infiniteQueryKey(input), (page) => api.runs.list({ ...input, ...page })),
  )
  return (
    <Prefetched client={queryClient}>
      <div className="grid gap-6">
        <PageHeader title="Runs" />
        <RunList />
      </div>
    </Prefetched>
  )
}
