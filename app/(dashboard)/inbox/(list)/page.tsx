import type { Metadata } from 'next'
import { Inbox } from '#components/inbox/inbox.tsx'
import { facetsQuery, inboxQuery, readInboxParams } from '#components/inbox/inbox-params.ts'
import { pagesOf } from '#components/paging.ts'
import { WidePage } from '#components/shell/wide-page.tsx'
import { Prefetched, prefetch } from '../../prefetch.tsx'

export const metadata: Metadata = { title: 'Inbox' }

interface InboxPageProps {
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function InboxPage({ searchParams }: InboxPageProps) {
  const given = await searchParams
  const params = readInboxParams((name) => [given[name]].flat()[0])
  const { trpc, api, queryClient } = await prefetch('/inbox')
  const query = inboxQuery(params)
  const pages = pagesOf(trpc.approvals.list.infiniteQueryKey(query), (page) =>
    api.approvals.list({ ...query, ...page }),
  )
  const [list] = await Promise.all([
    queryClient.fetchInfiniteQuery(pages),
    queryClient.prefetchQuery(trpc.approvals.counts.queryOptions()),
    queryClient.prefetchQuery(trpc.approvals.facets.queryOptions(facetsQuery(params))),
  ])
  const open = params.id ?? list.pages[0]?.approvals[0]?.id
  if (open !== undefined) await queryClient.prefetchQuery(trpc.approvals.get.queryOptions({ id: open }))
  return (
    <Prefetched client={queryClient}>
      <WidePage bleed>
        <Inbox />
      </WidePage>
    </Prefetched>
  )
}
