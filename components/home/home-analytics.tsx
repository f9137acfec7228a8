'use client'
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useSearchParams } from 'next/navigation'
import { useState } from 'react'
import { analyticsInput, rangeParams, readRange } from '#components/analytics/range-choice.ts'
import { useLive } from '#components/live/use-live.ts'
import { errorSentence, useTRPC } from '#components/trpc.tsx'
import { useReplaceParams } from '#components/ui/search-param.ts'
import { useThrottled } from '#components/ui/use-throttled.ts'
import { AnalyticsView } from './analytics-view.tsx'

/** Counting over many runs costs more than a list: figures follow events no more often than this. */
const REFRESH_MS = 15_000

export function HomeAnalytics() {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const params = useSearchParams()
  const replaceParams = useReplaceParams()
  const range = readRange((name) => params.get(name)) ?? { period: '7d' }
  const [zone] = useState(() => Intl.DateTimeFormat().resolvedOptions().timeZone)
  const input = analyticsInput(range, zone)
  const kept = { placeholderData: keepPreviousData }
  const summary = useQuery(trpc.analytics.summary.queryOptions(input, kept))
  const overTime = useQuery(trpc.analytics.overTime.queryOptions(input, kept))
  const workflows = useQuery(trpc.analytics.workflows.queryOptions(input, kept))
  const ai = useQuery(trpc.analytics.ai.queryOptions(input, kept))
  const waits = useQuery(trpc.analytics.waits.queryOptions({}))
  const queries = [summary, overTime, workflows, ai, waits]
  const look = useThrottled(
    () => void queryClient.invalidateQueries({ queryKey: trpc.analytics.pathKey() }),
    REFRESH_MS,
  )
  useLive((events) => {
    if (events.length === 0 || events.some(({ type }) => /^(run|wait)\./.test(type))) look()
  })
  return (
    <AnalyticsView
      range={range}
      onRange={(next) => replaceParams(rangeParams('period' in next && next.period === '7d' ? null : next))}
      error={errorSentence(queries.find(({ error }) => error)?.error)}
      onRetry={() => Promise.all(queries.filter(({ error }) => error).map(({ refetch }) => refetch()))}
      summary={summary.data}
      overTime={overTime.data}
      workflows={workflows.data}
      ai={ai.data}
      waits={waits.data}
    />
  )
}
