import type { Metadata } from 'next'
import { GuideCard } from '#components/guide/guide-card.tsx'
import { Home } from '#components/home/home.tsx'
import { HOME_INPUTS } from '#components/home/home-input.ts'
import { may } from '#server/services/authorise.ts'
import { Prefetched, prefetch } from './prefetch.tsx'

export const metadata: Metadata = { title: 'Home' }

export default async function HomePage() {
  const { actor, trpc, queryClient } = await prefetch('/')
  const can = {
    decide: may(actor, 'approvals:decide'),
    create: may(actor, 'workflow:create'),
    retry: may(actor, 'run:retry'),
  }
  await Promise.all([
    can.decide && queryClient.prefetchQuery(trpc.approvals.list.queryOptions(HOME_INPUTS.approvals)),
    queryClient.prefetchQuery(trpc.runs.list.queryOptions(HOME_INPUTS.failed)),
    queryClient.prefetchQuery(trpc.runs.list.queryOptions(HOME_INPUTS.underWay)),
    queryClient.prefetchQuery(trpc.runs.list.queryOptions(HOME_INPUTS.any)),
    queryClient.prefetchQuery(trpc.workflows.list.queryOptions(HOME_INPUTS.any)),
  ])
  return (
    <Prefetched client={queryClient}>
      <Home can={can} guide={<GuideCard />} />
    </Prefetched>
  )
}
