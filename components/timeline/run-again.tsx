'use client'
import { useQuery } from '@tanstack/react-query'
import { errorSentence, useTRPC } from '#components/trpc.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { RunDialog } from '#components/workflows/run-dialog.tsx'
import type { RunDetail } from '#lib/contracts/runs.ts'

interface RunAgainProps {
  readonly run: RunDetail
  readonly onClose: () => void
}

/** Starts the workflow of a run once more, with the same inputs filled in. */
export function RunAgain({ run, onClose }: RunAgainProps) {
  const trpc = useTRPC()
  const workflow = useQuery(trpc.workflows.get.queryOptions({ id: run.workflow_id, query: {} }))
  if (workflow.error) {
    return (
      <Dialog open onOpenChange={onClose} title="This workflow cannot be run again">
        <Notice tone="bad">{errorSentence(workflow.error)}</Notice>
      </Dialog>
    )
  }
  return workflow.data ? <RunDialog workflow={workflow.data} open onOpenChange={onClose} prefill={run.inputs} /> : null
}
