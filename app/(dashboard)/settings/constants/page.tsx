import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Constants } from '#components/settings/constants.tsx'
import { may } from '#server/services/authorise.ts'
import { Prefetched, prefetch } from '../../prefetch.tsx'

export const metadata: Metadata = { title: 'Constants' }

export default async function ConstantsPage() {
  const { actor, trpc, queryClient } = await prefetch('/settings/constants')
  if (!may(actor, 'settings:read')) notFound()
  await queryClient.prefetchQuery(trpc.settings.constants.queryOptions())
  return (
    <Prefetched client={queryClient}>
      <Constants canWrite={may(actor, 'settings:write')} />
    </Prefetched>
  )
}
