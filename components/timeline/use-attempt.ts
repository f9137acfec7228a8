'use client'
import { type QueryKey, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useLive } from '#components/live/use-live.ts'
import { ALONE, useTRPC, useTRPCClient } from '#components/trpc.tsx'
import type { HistoryStep, StepSummary } from '#lib/contracts/run-steps.ts'
import { attemptQueryKey } from './attempt-query-key.ts'
import { attemptKey } from './merge-run.ts'
import { refOf } from './selection.ts'

/**
 * One attempt with its bodies, read again with each change of it; what was read before stays until then. The attempts
 * in `next` are fetched ahead, because whoever walks through a run goes there.
 */
export function useAttempt(runId: string, summary: StepSummary, next: readonly (StepSummary | null)[]) {
  const trpc = useTRPC()
  const client = useTRPCClient()
  const queryClient = useQueryClient()
  const options = (of: StepSummary) => {
    const attempt = refOf(of)
    return {
      queryKey: attemptQueryKey(trpc.runs.step.queryKey({ id: runId, attempt }), of) as QueryKey,
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        client.runs.step.query({ id: runId, attempt }, { signal, ...ALONE }),
      // What is over does not change any more.
      staleTime: of.ended_at === null ? 5_000 : Number.POSITIVE_INFINITY,
    }
  }
  const attempt = useQuery<HistoryStep>({
    ...options(summary),
    placeholderData: (before) => (before && attemptKey(before) === attemptKey(summary) ? before : undefined),
  })
  const open = summary.ended_at === null
  // Decisions of an approval that is still open change no attempt.
  useLive(() => void (open && attempt.refetch()), { runId })

  const here = attempt.data !== undefined
  const ahead = next.map((each) => each && `${attemptKey(each)}@${each.seq}`).join(' ')
  // biome-ignore lint/correctness/useExhaustiveDependencies: `ahead` names what is fetched
  useEffect(() => {
    if (!here) return
    for (const each of next) if (each) void queryClient.prefetchQuery(options(each))
  }, [here, ahead])
  return attempt
}
