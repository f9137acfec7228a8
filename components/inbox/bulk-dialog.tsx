'use client'
import { useMutation, useQueries, useQueryClient } from '@tanstack/react-query'
import { errorSentence, useTRPC } from '#components/trpc.tsx'
import type { ApprovalRow } from '#lib/contracts/approvals.ts'
import { type BulkDecision, BulkView } from './bulk-view.tsx'

interface BulkDialogProps {
  readonly decision: BulkDecision
  readonly approvals: readonly ApprovalRow[]
  readonly onClose: () => void
}

export function BulkDialog({ decision, approvals, onClose }: BulkDialogProps) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const details = useQueries({ queries: approvals.map(({ id }) => trpc.approvals.get.queryOptions({ id })) })
  const bulk = useMutation(trpc.approvals.bulk.mutationOptions())
  const close = () => {
    if (bulk.isPending) return
    // Only now, so that the list does not move under the results.
    if (bulk.isSuccess) void queryClient.invalidateQueries({ queryKey: trpc.approvals.pathKey() })
    onClose()
  }
  const failed = details.find(({ error }) => error)?.error
  return (
    <BulkView
      open
      onOpenChange={(open) => !open && close()}
      decision={decision}
      approvals={approvals}
      shown={new Map(details.flatMap(({ data }) => (data ? [[data.id, data.show] as const] : [])))}
      pending={bulk.isPending}
      error={errorSentence(bulk.error ?? failed)}
      results={bulk.data?.results ?? null}
      onDecide={(comment) => bulk.mutate({ ids: approvals.map(({ id }) => id), decision, comment })}
    />
  )
}
