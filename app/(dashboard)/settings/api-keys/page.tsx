import type { Metadata } from 'next'
import { ApiKeys } from '#components/settings/api-keys.tsx'
import { Prefetched, prefetch } from '../../prefetch.tsx'

export const metadata: Metadata = { title: 'API keys' }

export default async function ApiKeysPage() {
  const { trpc, queryClient } = await prefetch('/settings/api-keys')
  await queryClient.prefetchQuery(trpc.apiKeys.list.queryOptions())
  return (
    <Prefetched client={queryClient}>
      <ApiKeys />
    </Prefetched>
  )
}
