'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { errorSentence, useTRPC } from '#components/trpc.tsx'
import type { Approval } from '#lib/contracts/approvals.ts'
import { DecideFormView } from './decide-form-view.tsx'

interface DecideFormProps {
  readonly approval: Pick<Approval, 'id' | 'choices' | 'consequences'>
  readonly keys?: boolean
  /** Called once it is recorded, before anything is read anew. */
  readonly onDecided?: () => void
  readonly onDone?: () => Promise<void>
}

/** Decides in the place of whoever is signed in. */
export function DecideForm({ approval: { id, choices, consequences }, keys, onDecided, onDone }: DecideFormProps) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const decide = useMutation(
    trpc.approvals.decide.mutationOptions({
      onSuccess: onDecided,
      onSettled: async () => {
        await Promise.all([queryClient.invalidateQueries({ queryKey: trpc.approvals.pathKey() }), onDone?.()])
      },
    }),
  )
  return (
    <DecideFormView
      choices={choices}
      consequences={consequences}
      keys={keys}
      pending={decide.isPending || decide.isSuccess}
      error={errorSentence(decide.error)}
      onDecide={(decision, comment) => decide.mutate({ id, decision, body: { comment } })}
    />
  )
}
