'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useSearchParams } from 'next/navigation'
import { useCallback, useMemo } from 'react'
import { useLive } from '#components/live/use-live.ts'
import { errorSentence, useTRPC, useTRPCClient } from '#components/trpc.tsx'
import { useReplaceParams } from '#components/ui/search-param.ts'
import type { RunDetail } from '#lib/contracts/runs.ts'
import { EVENT_KINDS, type EventKind, EventsView } from './events-view.tsx'

interface RunEventsProps {
  readonly run: RunDetail
  readonly onStep: (step: string) => void
}

const PAGE = 500

/** The events of a run, page by page. */
export function RunEvents({ run, onStep }: RunEventsProps) {
  const client = useTRPCClient()
  const trpc = useTRPC()
  const params = useSearchParams()
  const replaceParams = useReplaceParams()
  const kind = EVENT_KINDS.find((each) => each === params.get('kind')) ?? 'all'
  const pages = useInfiniteQuery({
    queryKey: [trpc.runs.events.pathKey(), run.run_id, kind],
    queryFn: ({ pageParam, signal }) =>
      client.runs.events.query(
        { id: run.run_id, query: { after: pageParam, limit: PAGE, ...(kind === 'all' ? {} : { kind }) } },
        { signal },
      ),
    initialPageParam: 0,
    // Where the last page ended, also while nothing has followed yet: what comes live is fetched as the next page.
    getNextPageParam: (last, all) => all.flatMap(({ events }) => events).at(-1)?.seq ?? (last.events.at(-1)?.seq || 0),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const { fetchNextPage, isFetching } = pages
  const events = useMemo(() => pages.data?.pages.flatMap((page) => page.events), [pages.data])
  const more = pages.data?.pages.at(-1)?.events.length === PAGE
  useLive(() => void fetchNextPage(), { runId: run.run_id })
  const onMore = useCallback(() => void fetchNextPage(), [fetchNextPage])
  return (
    <EventsView
      events={events}
      error={errorSentence(pages.error)}
      kind={kind}
      onKind={(next: EventKind) => replaceParams({ kind: next === 'all' ? null : next })}
      onMore={more && !isFetching ? onMore : null}
      onStep={onStep}
    />
  )
}
