import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Secrets } from '#components/settings/secrets.tsx'
import { may } from '#server/services/authorise.ts'
import { Prefetched, prefetch } from '../../prefetch.tsx'

export const metadata: Metadata = { title: 'Secrets' }

export default async function SecretsPage() {
  const { actor, trpc, queryClient } = await prefetch('/settings/secrets')
  if (!may(actor, 'secrets:read')) notFound()
  await queryClient.prefetchQuery(trpc.settings.secrets.queryOptions())
  return (
    <Prefetched client={queryClient}>
      <Secrets canWrite={may(actor, 'secrets:write')} />
    </Prefetched>
  )
}
