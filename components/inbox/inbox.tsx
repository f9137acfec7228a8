'use client'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { pagesOf } from '#components/paging.ts'
import { errorSentence, useTRPC, useTRPCClient } from '#components/trpc.tsx'
import { type InboxTab, inboxInput } from './inbox-input.ts'
import { InboxView } from './inbox-view.tsx'

/** While somebody looks, what came in shows within this time. */
const REFRESH_MS = 10_000

export function Inbox({ tab }: { readonly tab: InboxTab }) {
  const trpc = useTRPC()
  const client = useTRPCClient()
  const counts = useQuery(trpc.approvals.counts.queryOptions(undefined, { refetchInterval: REFRESH_MS }))
  const input = inboxInput(tab)
  const list = useInfiniteQuery({
    ...pagesOf(trpc.approvals.list.infiniteQueryKey(input), (page) =>
      client.approvals.list.query({ ...input, ...page }),
    ),
    refetchInterval: REFRESH_MS,
  })
  return (
    <InboxView
      tab={tab}
      counts={counts.data}
      approvals={list.data?.pages.flatMap((page) => page.approvals)}
      error={errorSentence(list.error)}
      hasMore={list.hasNextPage}
      loadingMore={list.isFetchingNextPage}
      onMore={() => void list.fetchNextPage()}
    />
  )
}
