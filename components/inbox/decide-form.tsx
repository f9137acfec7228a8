'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { errorSentence, useTRPC } from '#components/trpc.tsx'
import type { DecisionKind } from '#lib/contracts/runs.ts'
import { DecideFormView } from './decide-form-view.tsx'

interface DecideFormProps {
  /** The wait's id. */
  readonly id: string
  readonly choices: readonly DecisionKind[]
  readonly onDone?: () => Promise<void>
}

/** Decides in the place of whoever is signed in. */
export function DecideForm({ id, choices, onDone }: DecideFormProps) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const decide = useMutation(
    trpc.approvals.decide.mutationOptions({
      onSettled: async () => {
        await Promise.all([queryClient.invalidateQueries({ queryKey: trpc.approvals.pathKey() }), onDone?.()])
      },
    }),
  )
  return (
    <DecideFormView
      choices={choices}
      pending={decide.isPending || decide.isSuccess}
      error={errorSentence(decide.error)}
      onDecide={(decision, comment) => decide.mutate({ id, decision, body: { comment } })}
    />
  )
}
