'use client'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useSearchParams } from 'next/navigation'
import { useState } from 'react'
import { useLive } from '#components/live/use-live.ts'
import { pagesOf } from '#components/paging.ts'
import { errorSentence, useTRPC, useTRPCClient } from '#components/trpc.tsx'
import { useReplaceParams } from '#components/ui/search-param.ts'
import { useDebounced } from '#components/ui/use-debounced.ts'
import { outboxInput } from './outbox-input.ts'
import { OutboxView } from './outbox-view.tsx'

/** Sending, and mails about accounts, are no events of a run. */
const REFRESH_MS = 10_000

export function Outbox() {
  const trpc = useTRPC()
  const client = useTRPCClient()
  const params = useSearchParams()
  const replaceParams = useReplaceParams()
  const runId = params.get('run_id')
  const [to, setTo] = useState(params.get('to') ?? '')
  const input = outboxInput({ to: useDebounced(to, 300), runId })
  const list = useInfiniteQuery({
    ...pagesOf(trpc.outbox.list.infiniteQueryKey(input), (page) => client.outbox.list.query({ ...input, ...page })),
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MS,
  })
  useLive(() => void list.refetch())
  return (
    <OutboxView
      messages={list.data?.pages.flatMap((page) => page.messages)}
      error={errorSentence(list.error)}
      onRetry={() => list.refetch()}
      to={to}
      onTo={(next) => {
        setTo(next)
        replaceParams({ to: next.trim() })
      }}
      runId={runId}
      hasMore={list.hasNextPage}
      loadingMore={list.isFetchingNextPage}
      onMore={() => void list.fetchNextPage()}
    />
  )
}
