import { attemptQueryKey } from '#components/timeline/attempt-query-key.ts'
import { inOrder } from '#components/timeline/merge-run.ts'
import { nested } from '#components/timeline/nested.ts'
import { refOf, selectedAttempt } from '#components/timeline/selection.ts'
import { underWay } from '#components/timeline/standstill.ts'
import type { RunDetail } from '#lib/contracts/runs.ts'
import type { Prefetch } from '../../prefetch.tsx'

/** Fetches what an address shows beside the run itself, so that a permalink is complete at its first paint. */
export async function prefetchShown(
  { trpc, api, queryClient }: Prefetch,
  run: RunDetail,
  params: URLSearchParams,
): Promise<void> {
  const id = run.run_id
  const shown: Promise<void>[] = run.waits
    .filter(({ approval }) => approval)
    .map(({ wait_id }) => queryClient.prefetchQuery(trpc.approvals.get.queryOptions({ id: wait_id })))
  if (underWay(run)) shown.push(queryClient.prefetchQuery(trpc.runs.standstill.queryOptions({ id })))
  const selected = selectedAttempt(nested(inOrder(run.steps)), params)
  if (selected) {
    const attempt = refOf(selected)
    shown.push(
      queryClient.prefetchQuery({
        queryKey: attemptQueryKey(trpc.runs.step.queryKey({ id, attempt }), selected),
        queryFn: () => api.runs.step({ id, attempt }),
      }),
    )
  }
  if (params.get('tab') === 'context') {
    const at = params.get('at') ?? ''
    shown.push(queryClient.prefetchQuery(trpc.runs.values.queryOptions({ id, query: at === '' ? {} : { at } })))
  }
  await Promise.all(shown)
}
