import type { Metadata } from 'next'
import { Inbox } from '#components/inbox/inbox.tsx'
import { INBOX_TABS, inboxInput } from '#components/inbox/inbox-input.ts'
import { pagesOf } from '#components/paging.ts'
import { PageHeader } from '#components/ui/page-header.tsx'
import { Prefetched, prefetch } from '../../prefetch.tsx'

export const metadata: Metadata = { title: 'Inbox' }

interface InboxPageProps {
  readonly searchParams: Promise<{ tab?: string }>
}

export default async function InboxPage({ searchParams }: InboxPageProps) {
  const { tab: asked } = await searchParams
  const tab = INBOX_TABS.find((each) => each === asked) ?? 'mine'
  const { trpc, api, queryClient } = await prefetch('/inbox')
  const input = inboxInput(tab)
  await Promise.all([
    queryClient.prefetchInfiniteQuery(
      pagesOf(trpc.approvals.list.infiniteQueryKey(input), (page) => api.approvals.list({ ...input, ...page })),
    ),
    queryClient.prefetchQuery(trpc.approvals.counts.queryOptions()),
  ])
  return (
    <Prefetched client={queryClient}>
      <div className="grid gap-4">
        <PageHeader title="Inbox" />
        <Inbox tab={tab} />
      </div>
    </Prefetched>
  )
}
