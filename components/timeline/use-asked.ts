'use client'
import { useQueries } from '@tanstack/react-query'
import { useTRPC } from '#components/trpc.tsx'
import type { RunDetail, RunWait } from '#lib/contracts/runs.ts'

/** Whether a wait is for the reader to answer: a form that may be filled in, a decision that is theirs; null: not known yet. */
export type Asked = (wait: RunWait) => boolean | null

/** Tells which waits of a run are for the reader to answer. */
export function useAsked(run: Pick<RunDetail, 'waits'>): Asked {
  const trpc = useTRPC()
  const approvals = run.waits.filter(({ approval }) => approval)
  const read = useQueries({ queries: approvals.map(({ wait_id }) => trpc.approvals.get.queryOptions({ id: wait_id })) })
  const decidable = new Map(
    approvals.map(({ wait_id }, i) => {
      const { data, isPending } = read[i] ?? {}
      return [wait_id, isPending ? null : (data?.choices.length ?? 0) > 0]
    }),
  )
  return (wait) => (wait.form ? wait.resume_token !== null : (decidable.get(wait.wait_id) ?? null))
}
