'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { errorSentence, useTRPC } from '#components/trpc.tsx'
import { DeleteWorkflowView } from './delete-workflow-view.tsx'

interface DeleteWorkflowProps {
  readonly workflow: { readonly id: string; readonly name: string }
  readonly onClose: () => void
  readonly onDeleted?: () => void
}

/** The question before a workflow is deleted, and the deed. */
export function DeleteWorkflow({ workflow, onClose, onDeleted }: DeleteWorkflowProps) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const underWay = useQuery(
    trpc.runs.list.queryOptions({ workflow_id: workflow.id, status: 'queued,running,waiting', limit: 1 }),
  )
  const remove = useMutation(
    trpc.workflows.delete.mutationOptions({
      onSuccess: async () => {
        onClose()
        onDeleted?.()
        await Promise.all([
          queryClient.invalidateQueries({ queryKey: trpc.workflows.list.pathKey() }),
          queryClient.invalidateQueries({ queryKey: trpc.workflows.tags.pathKey() }),
        ])
      },
    }),
  )
  return (
    <DeleteWorkflowView
      open
      onOpenChange={(open) => !open && onClose()}
      name={workflow.name}
      // What cannot be looked up is asked about as if it were so: the careful question.
      underWay={underWay.isError ? true : underWay.data && underWay.data.runs.length > 0}
      pending={remove.isPending}
      error={errorSentence(remove.error)}
      onConfirm={() => remove.mutate({ id: workflow.id })}
    />
  )
}
