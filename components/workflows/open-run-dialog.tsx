'use client'
import { useQuery } from '@tanstack/react-query'
import { errorSentence, useTRPC } from '#components/trpc.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import type { JsonObject } from '#lib/json.ts'
import { RunDialog } from './run-dialog.tsx'

interface OpenRunDialogProps {
  readonly workflowId: string
  /** Absent: the newest. */
  readonly version?: number
  readonly prefill?: JsonObject
  readonly onClose: () => void
}

/** The run dialog where the workflow is not at hand yet: from a list, or by an address. */
export function OpenRunDialog({ workflowId, version, prefill, onClose }: OpenRunDialogProps) {
  const trpc = useTRPC()
  const workflow = useQuery(
    trpc.workflows.get.queryOptions({ id: workflowId, query: version === undefined ? {} : { version } }),
  )
  const onOpenChange = (open: boolean) => !open && onClose()
  if (workflow.data) {
    return <RunDialog workflow={workflow.data} open onOpenChange={onOpenChange} {...(prefill ? { prefill } : {})} />
  }
  return (
    <Dialog open onOpenChange={onOpenChange} title="Run a workflow">
      {workflow.error ? (
        <Notice tone="bad">{errorSentence(workflow.error)}</Notice>
      ) : (
        <SkeletonRows rows={3} label="Loading the workflow" />
      )}
    </Dialog>
  )
}
