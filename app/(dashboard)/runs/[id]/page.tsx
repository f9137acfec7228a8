import type { Metadata } from 'next'
import { RunPage } from '#components/timeline/run-page.tsx'
import { orNotFound, Prefetched, prefetch } from '../../prefetch.tsx'
import { submitRunFormAction } from './actions.ts'
import { prefetchShown } from './prefetch-shown.ts'

export const metadata: Metadata = { title: 'Run' }

interface RunRouteProps {
  readonly params: Promise<{ id: string }>
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function RunRoute({ params, searchParams }: RunRouteProps) {
  const { id } = await params
  const fetched = await prefetch(`/runs/${id}`)
  const { trpc, queryClient } = fetched
  const run = await orNotFound(queryClient.fetchQuery(trpc.runs.detail.queryOptions({ id })))
  await prefetchShown(fetched, run, queryOf(await searchParams))
  return (
    <Prefetched client={queryClient}>
      <RunPage id={id} submitForm={submitRunFormAction.bind(null, id)} />
    </Prefetched>
  )
}

/** The address's parameters as the browser reads them: of one given twice, the first. */
function queryOf(given: Record<string, string | string[] | undefined>): URLSearchParams {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(given)) {
    const first = Array.isArray(value) ? value[0] : value
    if (first !== undefined) params.set(name, first)
  }
  return params
}
