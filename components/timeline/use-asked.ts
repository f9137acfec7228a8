'use client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTRPC } from '#components/trpc.tsx'
import type { RunWait } from '#lib/contracts/run-waits.ts'
import type { RunDetail } from '#lib/contracts/runs.ts'

/** Whether a wait is for the reader to answer: a form that may be filled in, a decision that is theirs; null: not known yet. */
export type Asked = (wait: RunWait) => boolean | null

/**
 * Tells which waits of a run are for the reader to answer. Its approvals are asked for together, by one query that stands
 * among those of approvals and is read again with them.
 */
export function useAsked(run: Pick<RunDetail, 'waits'>): Asked {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const ids = run.waits.filter(({ approval }) => approval).map(({ wait_id }) => wait_id)
  const { data } = useQuery({
    queryKey: [...trpc.approvals.pathKey(), 'asked', ids],
    enabled: ids.length > 0,
    queryFn: async () => {
      const read = await Promise.allSettled(
        ids.map((id) => queryClient.fetchQuery(trpc.approvals.get.queryOptions({ id }))),
      )
      return read.map((one) => one.status === 'fulfilled' && one.value.choices.length > 0)
    },
  })
  return (wait) => (wait.form ? wait.resume_token !== null : (data?.[ids.indexOf(wait.wait_id)] ?? null))
}
