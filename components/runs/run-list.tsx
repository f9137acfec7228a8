'use client'
import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useSearchParams } from 'next/navigation'
import { useState } from 'react'
import { useLive } from '#components/live/use-live.ts'
import { pagesOf } from '#components/paging.ts'
import { errorSentence, useTRPC, useTRPCClient } from '#components/trpc.tsx'
import { useReplaceParams } from '#components/ui/search-param.ts'
import { useDebounced } from '#components/ui/use-debounced.ts'
import { useThrottled } from '#components/ui/use-throttled.ts'
import { filterParams, readFilters, runListInput } from './run-list-input.ts'
import { RunListView } from './run-list-view.tsx'

/** Rows follow events no more often than this. */
const REFRESH_MS = 1_000

interface RunListProps {
  readonly me: string
  /** When the server read the address: both must ask for the same range. */
  readonly openedAt: number
}

export function RunList({ me, openedAt }: RunListProps) {
  const trpc = useTRPC()
  const client = useTRPCClient()
  const queryClient = useQueryClient()
  const params = useSearchParams()
  const replaceParams = useReplaceParams()
  const [filters, setFilters] = useState(() => readFilters((name) => params.get(name)))
  const input = runListInput({ ...filters, q: useDebounced(filters.q, 200) }, openedAt)
  const list = useInfiniteQuery({
    ...pagesOf(trpc.runs.list.infiniteQueryKey(input), (page) => client.runs.list.query({ ...input, ...page })),
    placeholderData: keepPreviousData,
  })
  const all = list.data?.pages.flatMap((page) => page.runs)
  const fresh = useFresh(JSON.stringify(input), all, list.isPlaceholderData)

  const look = useThrottled(
    () => void queryClient.invalidateQueries({ queryKey: trpc.runs.list.infiniteQueryKey(input) }),
    REFRESH_MS,
  )
  useLive(look)

  const [wanted, setWanted] = useState('')
  const search = useDebounced(wanted.trim(), 200)
  const options = useQuery(
    trpc.workflows.list.queryOptions(
      { sort: 'name', limit: 20, ...(search === '' ? {} : { q: search }) },
      { placeholderData: keepPreviousData },
    ),
  )
  const workflow = useQuery(
    trpc.workflows.get.queryOptions({ id: filters.workflowId ?? '' }, { enabled: filters.workflowId !== null }),
  )
  return (
    <RunListView
      runs={all && fresh.known(all)}
      fresh={all ? all.length - fresh.known(all).length : 0}
      onFresh={fresh.show}
      error={errorSentence(list.error)}
      onRetry={() => list.refetch()}
      filters={filters}
      onFilters={(next) => {
        setFilters(next)
        replaceParams(filterParams(next))
      }}
      workflowName={
        workflow.data?.name ?? all?.find((run) => run.workflow_id === filters.workflowId)?.workflow_name ?? null
      }
      workflowOptions={options.data?.workflows ?? []}
      onWorkflowSearch={setWanted}
      me={me}
      hasMore={list.hasNextPage}
      loadingMore={list.isFetchingNextPage}
      onMore={() => void list.fetchNextPage()}
    />
  )
}

interface Newest {
  readonly question: string
  readonly id: string | null
}

/**
 * Keeps what began since from pushing the rows away under the reader's eyes: it waits above until asked for. Ids are in
 * the order of time. At the top of the page there is nothing to push away, so there new rows come by themselves.
 */
function useFresh(question: string, runs: readonly { readonly run_id: string }[] | undefined, stale: boolean) {
  const [newest, setNewest] = useState<Newest | null>(null)
  const first = runs?.[0]?.run_id ?? null
  const atTop = typeof window !== 'undefined' && window.scrollY < 8
  const current = newest?.question === question ? newest : null
  if (runs && !stale && (current === null || (atTop && first !== null && current.id !== first))) {
    setNewest({ question, id: first })
  }
  const limit = current?.id
  return {
    known: <R extends { readonly run_id: string }>(rows: readonly R[]) =>
      limit === undefined || stale ? rows : rows.filter((run) => limit !== null && run.run_id <= limit),
    show: () => setNewest({ question, id: first }),
  }
}
