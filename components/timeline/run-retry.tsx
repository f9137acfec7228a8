'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { errorSentence, useTRPC } from '#components/trpc.tsx'
import { inputProblems } from '#components/workflows/run-dialog-errors.ts'
import type { RunDetail } from '#lib/contracts/runs.ts'
import { RetryDialog } from './retry-dialog.tsx'

interface RunRetryProps {
  readonly run: RunDetail
  readonly onClose: () => void
  readonly onDone: () => Promise<void>
}

/** Takes a run up again where the reader says, and with what. */
export function RunRetry({ run, onClose, onDone }: RunRetryProps) {
  const trpc = useTRPC()
  const version = { id: run.workflow_id, query: { version: run.workflow_version } }
  const workflow = useQuery(trpc.workflows.get.queryOptions(version))
  const retry = useMutation(trpc.runs.retry.mutationOptions({ onSuccess: () => onDone().then(onClose) }))
  const problems = inputProblems(retry.error)
  return (
    <RetryDialog
      run={run}
      // A workflow that was deleted tells no fields any more; its run can be retried all the same.
      inputs={workflow.error ? null : workflow.data?.inputs}
      open
      onOpenChange={onClose}
      pending={retry.isPending}
      error={problems.length > 0 ? null : errorSentence(retry.error)}
      problems={problems}
      onRetry={(step, inputs) =>
        retry.mutate({
          id: run.run_id,
          body: {
            ...(step === null ? {} : { from_step: step }),
            ...(inputs === null ? {} : { inputs: { ...inputs } }),
          },
        })
      }
    />
  )
}
