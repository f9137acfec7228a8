import type { Metadata } from 'next'
import { RunPage } from '#components/timeline/run-page.tsx'
import { RUN_TABS } from '#components/timeline/run-tabs.ts'
import { orNotFound, Prefetched, prefetch } from '../../prefetch.tsx'
import { submitRunFormAction } from './actions.ts'

export const metadata: Metadata = { title: 'Run' }

interface RunRouteProps {
  readonly params: Promise<{ id: string }>
  readonly searchParams: Promise<{ tab?: string; at?: string }>
}

export default async function RunRoute({ params, searchParams }: RunRouteProps) {
  const { id } = await params
  const { tab, at = '' } = await searchParams
  const { trpc, queryClient } = await prefetch(`/runs/${id}`)
  await orNotFound(queryClient.fetchQuery(trpc.runs.detail.queryOptions({ id })))
  return (
    <Prefetched client={queryClient}>
      <RunPage
        id={id}
        tab={RUN_TABS.find((each) => each === tab) ?? 'steps'}
        at={at}
        submitForm={submitRunFormAction.bind(null, id)}
      />
    </Prefetched>
  )
}
