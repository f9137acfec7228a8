'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useLive } from '#components/live/use-live.ts'
import { errorSentence, useTRPC } from '#components/trpc.tsx'
import { useThrottled } from '#components/ui/use-throttled.ts'
import { HomeAnalytics } from './home-analytics.tsx'
import { HOME_INPUTS } from './home-input.ts'
import { type HomeRights, HomeView } from './home-view.tsx'

export function Home({ can, guide }: { readonly can: HomeRights; readonly guide?: ReactNode }) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const approvals = useQuery(trpc.approvals.list.queryOptions(HOME_INPUTS.approvals, { enabled: can.decide }))
  const failed = useQuery(trpc.runs.list.queryOptions(HOME_INPUTS.failed))
  const underWay = useQuery(trpc.runs.list.queryOptions(HOME_INPUTS.underWay))
  const anyRun = useQuery(trpc.runs.list.queryOptions(HOME_INPUTS.any))
  const anyWorkflow = useQuery(trpc.workflows.list.queryOptions(HOME_INPUTS.any))
  const refresh = () =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: trpc.runs.list.pathKey() }),
      queryClient.invalidateQueries({ queryKey: trpc.approvals.list.pathKey() }),
    ])
  const retry = useMutation(trpc.runs.retry.mutationOptions({ onSuccess: refresh }))
  const look = useThrottled(() => void refresh(), 1_000)
  useLive(look)
  return (
    <HomeView
      can={can}
      blank={anyRun.data?.runs.length === 0 && anyWorkflow.data?.workflows.length === 0}
      approvals={{ data: approvals.data?.approvals, error: errorSentence(approvals.error), onRetry: approvals.refetch }}
      failed={{ data: failed.data?.runs, error: errorSentence(failed.error), onRetry: failed.refetch }}
      underWay={{ data: underWay.data?.runs, error: errorSentence(underWay.error), onRetry: underWay.refetch }}
      retrying={retry.isPending || retry.isError ? (retry.variables?.id ?? null) : null}
      retryError={errorSentence(retry.error)}
      onRetry={(id) => retry.mutate({ id })}
      guide={guide}
      analytics={<HomeAnalytics />}
    />
  )
}
