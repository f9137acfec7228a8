'use client'
import { useMutation } from '@tanstack/react-query'
import { errorSentence, useTRPC } from '#components/trpc.tsx'
import type { RunDetail } from '#lib/contracts/runs.ts'
import { CancelDialog } from './cancel-dialog.tsx'

interface RunCancelProps {
  readonly run: RunDetail
  readonly onClose: () => void
  readonly onDone: () => Promise<void>
}

/** Cancels a run after asking. */
export function RunCancel({ run, onClose, onDone }: RunCancelProps) {
  const trpc = useTRPC()
  const cancel = useMutation(trpc.runs.cancel.mutationOptions({ onSuccess: () => onDone().then(onClose) }))
  return (
    <CancelDialog
      open
      onOpenChange={onClose}
      pending={cancel.isPending}
      error={errorSentence(cancel.error)}
      onCancelRun={(reason) =>
        cancel.mutate({ id: run.run_id, body: reason.trim() === '' ? {} : { reason: reason.trim() } })
      }
    />
  )
}
