'use client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useLive } from '#components/live/use-live.ts'
import { useTRPC } from '#components/trpc.tsx'
import type { RunDetail, RunStandstill } from '#lib/contracts/runs.ts'
import { underWay } from './standstill.ts'

/** That a worker starts or ends, and that others get their turn, are no events of this run. */
const ASKED_EVERY_MS = 4_000

/** Why a run that is under way stands still; null where it does not. */
export function useStandstill(run: Pick<RunDetail, 'run_id' | 'status'>): RunStandstill | null {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const enabled = underWay(run)
  const query = trpc.runs.standstill.queryOptions(
    { id: run.run_id },
    { enabled, refetchInterval: ASKED_EVERY_MS, retry: false },
  )
  const { data } = useQuery(query)
  // Whatever happened to it, it did not stand still.
  useLive((events) => events.length > 0 && queryClient.setQueryData(query.queryKey, null), { runId: run.run_id })
  return enabled ? (data ?? null) : null
}
