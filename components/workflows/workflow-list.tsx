'use client'
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useSearchParams } from 'next/navigation'
import { useState } from 'react'
import { useLive } from '#components/live/use-live.ts'
import { pagesOf } from '#components/paging.ts'
import { errorSentence, useTRPC, useTRPCClient } from '#components/trpc.tsx'
import { lazyPart } from '#components/ui/lazy-part.ts'
import { OnDemand } from '#components/ui/on-demand.tsx'
import { useReplaceParams } from '#components/ui/search-param.ts'
import { useDebounced } from '#components/ui/use-debounced.ts'
import { useThrottled } from '#components/ui/use-throttled.ts'
import type { WorkflowRow } from '#lib/contracts/workflows.ts'
import { filterParams, readFilters, workflowListInput } from './workflow-filters.ts'
import { WorkflowListView, type WorkflowListViewProps } from './workflow-list-view.tsx'

const OpenRunDialog = lazyPart(async () => (await import('./open-run-dialog.tsx')).OpenRunDialog)
const DeleteWorkflow = lazyPart(async () => (await import('./delete-workflow.tsx')).DeleteWorkflow)

/** Runs that begin and end change only a mark of a row: no need to hurry. */
const REFRESH_MS = 3_000

interface WorkflowListProps {
  readonly can: WorkflowListViewProps['can'] & { readonly create: boolean }
}

export function WorkflowList({ can }: WorkflowListProps) {
  const trpc = useTRPC()
  const client = useTRPCClient()
  const queryClient = useQueryClient()
  const replaceParams = useReplaceParams()
  const params = useSearchParams()
  const [filters, setFilters] = useState(() => readFilters((name) => params.get(name)))
  const [dialog, setDialog] = useState<{ readonly about: 'run' | 'delete'; readonly workflow: WorkflowRow } | null>(
    null,
  )
  const input = workflowListInput({ ...filters, q: useDebounced(filters.q, 200) })
  const list = useInfiniteQuery({
    ...pagesOf(trpc.workflows.list.infiniteQueryKey(input), (page) =>
      client.workflows.list.query({ ...input, ...page }),
    ),
    placeholderData: keepPreviousData,
  })
  const tags = useQuery(trpc.workflows.tags.queryOptions())
  const refresh = () => queryClient.invalidateQueries({ queryKey: trpc.workflows.list.pathKey() })
  const setEnabled = useMutation(trpc.workflows.setEnabled.mutationOptions({ onSettled: refresh }))
  const look = useThrottled(() => void refresh(), REFRESH_MS)
  useLive((events) => {
    if (events.length === 0 || events.some(({ type }) => type.startsWith('run.'))) look()
  })
  return (
    <>
      <WorkflowListView
        workflows={list.data?.pages.flatMap((page) => page.workflows)}
        error={errorSentence(list.error ?? setEnabled.error)}
        onRetry={list.error ? () => list.refetch() : undefined}
        filters={filters}
        onFilters={(next) => {
          setFilters(next)
          replaceParams(filterParams(next))
        }}
        tags={tags.data?.tags ?? []}
        canCreate={can.create}
        can={can}
        onRun={(workflow) => setDialog({ about: 'run', workflow })}
        onEnabled={({ id }, enabled) => setEnabled.mutate({ id, body: { enabled } })}
        onDelete={(workflow) => setDialog({ about: 'delete', workflow })}
        hasMore={list.hasNextPage}
        loadingMore={list.isFetchingNextPage}
        onMore={() => void list.fetchNextPage()}
      />
      <OnDemand open={dialog?.about === 'run'}>
        {dialog && <OpenRunDialog workflowId={dialog.workflow.id} onClose={() => setDialog(null)} />}
      </OnDemand>
      <OnDemand open={dialog?.about === 'delete'}>
        {dialog && <DeleteWorkflow workflow={dialog.workflow} onClose={() => setDialog(null)} />}
      </OnDemand>
    </>
  )
}
