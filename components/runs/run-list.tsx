'use client'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useSearchParams } from 'next/navigation'
import { useState } from 'react'
import { pagesOf } from '#components/paging.ts'
import { errorSentence, useTRPC, useTRPCClient } from '#components/trpc.tsx'
import { useReplaceParams } from '#components/ui/search-param.ts'
import { useDebounced } from '#components/ui/use-debounced.ts'
import { runListInput, toStatus } from './run-list-input.ts'
import { type RunFilters, RunListView } from './run-list-view.tsx'

/** While somebody looks, what changed shows within this time. */
const REFRESH_MS = 4_000

export function RunList() {
  const trpc = useTRPC()
  const client = useTRPCClient()
  const params = useSearchParams()
  const replaceParams = useReplaceParams()
  const [filters, setFilters] = useState<RunFilters>({
    q: params.get('q') ?? '',
    status: toStatus(params.get('status')),
    workflowId: params.get('workflow_id'),
  })
  const q = useDebounced(filters.q, 200)
  const input = runListInput({ ...filters, q })
  const list = useInfiniteQuery({
    ...pagesOf(trpc.runs.list.infiniteQueryKey(input), (page) => client.runs.list.query({ ...input, ...page })),
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MS,
  })
  return (
    <RunListView
      runs={list.data?.pages.flatMap((page) => page.runs)}
      error={errorSentence(list.error)}
      filters={filters}
      onFilters={(next) => {
        setFilters(next)
        replaceParams({ q: next.q, status: next.status, workflow_id: next.workflowId })
      }}
      hasMore={list.hasNextPage}
      loadingMore={list.isFetchingNextPage}
      onMore={() => void list.fetchNextPage()}
    />
  )
}
