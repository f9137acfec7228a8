'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { errorSentence, useTRPC } from '#components/trpc.tsx'
import { Card } from '#components/ui/card.tsx'
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx'
import { Failure } from '#components/ui/failure.tsx'
import { lazyPart } from '#components/ui/lazy-part.ts'
import { OnDemand } from '#components/ui/on-demand.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { RunDeepLink } from './run-deep-link.tsx'
import { Versions } from './versions.tsx'
import { WorkflowDetailView, type WorkflowDetailViewProps } from './workflow-detail-view.tsx'
import type { WorkflowTab } from './workflow-tabs.ts'

const RunDialog = lazyPart(async () => (await import('./run-dialog.tsx')).RunDialog)

interface WorkflowDetailProps {
  readonly id: string
  /** null: the newest. */
  readonly version: number | null
  readonly tab: WorkflowTab
  readonly can: WorkflowDetailViewProps['can']
}

export function WorkflowDetail({ id, version, tab, can }: WorkflowDetailProps) {
  const trpc = useTRPC()
  const router = useRouter()
  const queryClient = useQueryClient()
  const [dialog, setDialog] = useState<'run' | 'delete' | null>(null)
  const workflow = useQuery(trpc.workflows.get.queryOptions({ id, query: version === null ? {} : { version } }))
  const refresh = () => queryClient.invalidateQueries({ queryKey: trpc.workflows.pathKey() })
  const setEnabled = useMutation(trpc.workflows.setEnabled.mutationOptions({ onSuccess: refresh }))
  const remove = useMutation(
    trpc.workflows.delete.mutationOptions({
      onSuccess: async () => {
        router.push('/workflows')
        await queryClient.invalidateQueries({ queryKey: trpc.workflows.list.pathKey() })
      },
    }),
  )

  if (workflow.error && !workflow.data) {
    return <Failure error={errorSentence(workflow.error)} onRetry={workflow.refetch} />
  }
  if (!workflow.data) {
    return (
      <Card>
        <SkeletonRows label="Loading the workflow" />
      </Card>
    )
  }
  return (
    <>
      <WorkflowDetailView
        workflow={workflow.data}
        tab={tab}
        can={can}
        error={errorSentence(setEnabled.error)}
        onRun={() => setDialog('run')}
        onEnabled={(enabled) => setEnabled.mutate({ id, body: { enabled } })}
        onDelete={() => setDialog('delete')}
        versions={<Versions id={id} shown={workflow.data.version} canRestore={can.update} onRestored={refresh} />}
      />
      {can.run && workflow.data.enabled && <RunDeepLink workflowId={id} />}
      <OnDemand open={dialog === 'run'}>
        <RunDialog workflow={workflow.data} open onOpenChange={(open) => setDialog(open ? 'run' : null)} />
      </OnDemand>
      <ConfirmDialog
        open={dialog === 'delete'}
        onOpenChange={(open) => setDialog(open ? 'delete' : null)}
        title={`Delete “${workflow.data.name}”?`}
        description="No new runs can begin. Runs under way go on, and the history of all runs stays."
        confirm="Delete the workflow"
        pending={remove.isPending}
        error={errorSentence(remove.error)}
        onConfirm={() => remove.mutate({ id })}
      />
    </>
  )
}
