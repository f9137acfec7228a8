import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Outbox } from '#components/outbox/outbox.tsx'
import { outboxInput } from '#components/outbox/outbox-input.ts'
import { pagesOf } from '#components/paging.ts'
import { PageHeader } from '#components/ui/page-header.tsx'
import { may } from '#server/services/authorise.ts'
import { Prefetched, prefetch } from '../prefetch.tsx'

export const metadata: Metadata = { title: 'Outbox' }

interface OutboxPageProps {
  readonly searchParams: Promise<{ to?: string; run_id?: string }>
}

export default async function OutboxPage({ searchParams }: OutboxPageProps) {
  const { to, run_id: runId } = await searchParams
  const { actor, trpc, api, queryClient } = await prefetch('/outbox')
  if (!may(actor, 'outbox:read')) notFound()
  const input = outboxInput({ to, runId })
  await queryClient.prefetchInfiniteQuery(
    pagesOf(trpc.outbox.list.infiniteQueryKey(input), (page) => api.outbox.list({ ...input, ...page })),
  )
  return (
    <Prefetched client={queryClient}>
      <div className="grid gap-6">
        <PageHeader title="Outbox" description="Every mail that was asked for, with the links in it." />
        <Outbox />
      </div>
    </Prefetched>
  )
}
