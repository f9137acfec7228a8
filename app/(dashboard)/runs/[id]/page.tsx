import type { Metadata } from 'next'
import { RunPage } from '#components/timeline/run-page.tsx'
import { orNotFound, Prefetched, prefetch } from '../../prefetch.tsx'
import { submitRunFormAction } from './actions.ts'

export const metadata: Metadata = { title: 'Run' }

interface RunRouteProps {
  readonly params: Promise<{ id: string }>
}

export default async function RunRoute({ params }: RunRouteProps) {
  const { id } = await params
  const { trpc, queryClient } = await prefetch(`/runs/${id}`)
  await orNotFound(queryClient.fetchQuery(trpc.runs.detail.queryOptions({ id })))
  return (
    <Prefetched client={queryClient}>
      <RunPage id={id} submitForm={submitRunFormAction.bind(null, id)} />
    </Prefetched>
  )
}
