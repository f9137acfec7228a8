import type { Metadata } from 'next'
import { Compare } from '#components/timeline/compare.tsx'
import { Prefetched, prefetch } from '../../prefetch.tsx'

export const metadata: Metadata = { title: 'Compare two runs' }

interface CompareRouteProps {
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function CompareRoute({ searchParams }: CompareRouteProps) {
  const { a, b } = await searchParams
  const ids = [a, b].filter((id) => typeof id === 'string')
  const { trpc, queryClient } = await prefetch('/runs')
  // A run that is not there is told in its place, beside the one that is.
  await Promise.all(ids.map((id) => queryClient.prefetchQuery(trpc.runs.detail.queryOptions({ id }))))
  return (
    <Prefetched client={queryClient}>
      <Compare />
    </Prefetched>
  )
}
