'use client'
import { type QueryKey, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef } from 'react'
import { useLive } from '#components/live/use-live.ts'
import { ALONE, useTRPC, useTRPCClient } from '#components/trpc.tsx'
import type { RunDetail } from '#lib/contracts/runs.ts'
import { mergeRun, newestChange } from './merge-run.ts'

/**
 * A run that is kept up to date by asking for what changed since, so that a run of 10,000 steps costs as little as one of
 * ten. `refresh` asks now, e.g. after something was done here.
 */
export function useRun(id: string) {
  const trpc = useTRPC()
  const client = useTRPCClient()
  const queryClient = useQueryClient()
  const { queryKey } = trpc.runs.detail.queryOptions({ id })
  const detail = useQuery({
    queryKey,
    queryFn: ({ signal }) =>
      catchUp(undefined, (after) => client.runs.detail.query({ id, after }, { signal, ...ALONE })),
    // Kept fresh by events; asking for all of it again would cost what asking for changes saves.
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  })

  const asking = useRef<Promise<void> | null>(null)
  const again = useRef(false)
  const key = useRef<QueryKey>(queryKey)
  key.current = queryKey
  const refresh = useCallback((): Promise<void> => {
    again.current = true
    asking.current ??= (async () => {
      try {
        while (again.current) {
          again.current = false
          const before = queryClient.getQueryData<RunDetail>(key.current)
          if (!before) return
          const run = await catchUp(before, (after) => client.runs.detail.query({ id, after }, ALONE))
          // Told once, not part by part: drawing 10,000 steps ten times over would take longer than reading them.
          queryClient.setQueryData(key.current, (now: RunDetail | undefined) => (now ? mergeRun(now, run) : run))
        }
      } catch {
        // Events come again when the connection does, and the banner says that it is lost.
      } finally {
        asking.current = null
      }
    })()
    return asking.current
  }, [client, queryClient, id])

  useLive(() => void refresh(), { runId: id })
  // The page came with the first steps of a long run.
  const more = detail.data?.more === true
  useEffect(() => {
    if (more) void refresh()
  }, [more, refresh])
  return { run: detail.data, error: detail.error, refresh }
}

/** Asks on while there is more than one answer holds. */
async function catchUp(before: RunDetail | undefined, ask: (after: number) => Promise<RunDetail>): Promise<RunDetail> {
  let run = before
  for (;;) {
    const part = await ask(run ? newestChange(run) : 0)
    run = run ? mergeRun(run, part) : part
    if (!part.more) return run
  }
}
