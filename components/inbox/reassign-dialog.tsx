'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { errorSentence, useTRPC } from '#components/trpc.tsx'
import type { Approval } from '#lib/contracts/approvals.ts'
import { ReassignView } from './reassign-view.tsx'

interface ReassignDialogProps {
  readonly approval: Pick<Approval, 'id' | 'reassignable' | 'mine'>
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
}

export function ReassignDialog({ approval: { id, reassignable, mine }, open, onOpenChange }: ReassignDialogProps) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const reassign = useMutation(
    trpc.approvals.reassign.mutationOptions({
      onSuccess: () => onOpenChange(false),
      onSettled: () => queryClient.invalidateQueries({ queryKey: trpc.approvals.pathKey() }),
    }),
  )
  return (
    <ReassignView
      open={open}
      onOpenChange={onOpenChange}
      places={reassignable}
      own={mine && reassignable.length === 1}
      pending={reassign.isPending}
      error={errorSentence(reassign.error)}
      onReassign={({ from, to, comment }) =>
        reassign.mutate({ id, body: { from, to, ...(comment === '' ? {} : { comment }) } })
      }
    />
  )
}
