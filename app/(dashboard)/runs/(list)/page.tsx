import type { Metadata } from 'next'
import { pagesOf } from '#components/paging.ts'
import { RunList } from '#components/runs/run-list.tsx'
import { readFilters, runListInput } from '#components/runs/run-list-input.ts'
import { PageHeader } from '#components/ui/page-header.tsx'
import { Prefetched, prefetch } from '../../prefetch.tsx'

export const metadata: Metadata = { title: 'Runs' }

interface RunsPageProps {
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>
}

export default async function RunsPage({ searchParams }: RunsPageProps) {
  const params = await searchParams
  const { actor, trpc, api, queryClient } = await prefetch('/runs')
  const openedAt = Date.now()
  const filters = readFilters((name) => [params[name]].flat()[0] ?? null)
  // Days of one's own begin in the reader's zone, which only the browser knows: it asks for them itself.
  if (filters.range === null || 'period' in filters.range) {
    const input = runListInput(filters, openedAt)
    await queryClient.prefetchInfiniteQuery(
      pagesOf(trpc.runs.list.infiniteQueryKey(input), (page) => api.runs.list({ ...input, ...page })),
    )
  }
  return (
    <Prefetched client={queryClient}>
      <div className="grid gap-6">
        <PageHeader title="Runs" />
        <RunList me={actor.email} openedAt={openedAt} />
      </div>
    </Prefetched>
  )
}
