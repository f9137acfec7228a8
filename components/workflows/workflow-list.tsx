'use client'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useSearchParams } from 'next/navigation'
import { useState } from 'react'
import { pagesOf } from '#components/paging.ts'
import { errorSentence, useTRPC, useTRPCClient } from '#components/trpc.tsx'
import { useReplaceParams } from '#components/ui/search-param.ts'
import { useDebounced } from '#components/ui/use-debounced.ts'
import { WorkflowListView } from './workflow-list-view.tsx'

export function WorkflowList({ canCreate }: { readonly canCreate: boolean }) {
  const trpc = useTRPC()
  const client = useTRPCClient()
  const replaceParams = useReplaceParams()
  const [query, setQuery] = useState(useSearchParams().get('q') ?? '')
  const q = useDebounced(query.trim(), 200)
  const input = q === '' ? {} : { q }
  const list = useInfiniteQuery({
    ...pagesOf(trpc.workflows.list.infiniteQueryKey(input), (page) =>
      client.workflows.list.query({ ...input, ...page }),
    ),
    placeholderData: keepPreviousData,
  })
  return (
    <WorkflowListView
      workflows={list.data?.pages.flatMap((page) => page.workflows)}
      error={errorSentence(list.error)}
      query={query}
      onQuery={(next) => {
        setQuery(next)
        replaceParams({ q: next.trim() })
      }}
      canCreate={canCreate}
      hasMore={list.hasNextPage}
      loadingMore={list.isFetchingNextPage}
      onMore={() => void list.fetchNextPage()}
    />
  )
}
