'use client'
import { useQueries } from '@tanstack/react-query'
import { useTRPC } from '#components/trpc.tsx'
import type { RunDetail, RunWait } from '#lib/contracts/runs.ts'

/** Tells which waits of a run are for the reader to answer: a form that may be filled in, a decision that is theirs. */
export function useAsked(run: Pick<RunDetail, 'waits'>): (wait: RunWait) => boolean {
  const trpc = useTRPC()
  const approvals = useQueries({
    queries: run.waits
      .filter(({ approval }) => approval !== null)
      .map(({ wait_id }) => trpc.approvals.get.queryOptions({ id: wait_id })),
  })
  const decidable = new Set(approvals.flatMap(({ data }) => (data && data.choices.length > 0 ? [data.id] : [])))
  return (wait) => (wait.form ? wait.resume_token !== null : decidable.has(wait.wait_id))
}
