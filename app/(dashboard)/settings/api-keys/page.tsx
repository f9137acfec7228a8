import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ApiKeys } from '#components/settings/api-keys.tsx'
import { may } from '#server/services/authorise.ts'
import { Prefetched, prefetch } from '../../prefetch.tsx'

export const metadata: Metadata = { title: 'API keys' }

export default async function ApiKeysPage() {
  const { actor, trpc, queryClient } = await prefetch('/settings/api-keys')
  if (!may(actor, 'api_key:manage')) notFound()
  await queryClient.prefetchQuery(trpc.apiKeys.list.queryOptions())
  return (
    <Prefetched client={queryClient}>
      <ApiKeys />
    </Prefetched>
  )
}
