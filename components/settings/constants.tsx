'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { errorSentence, useTRPC } from '#components/trpc.tsx'
import { attempt } from './attempt.ts'
import { ConstantsView } from './constants-view.tsx'

export function Constants({ canWrite }: { readonly canWrite: boolean }) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const list = useQuery(trpc.settings.constants.queryOptions())
  const after = { onSuccess: () => queryClient.invalidateQueries({ queryKey: trpc.settings.constants.queryKey() }) }
  const set = useMutation(trpc.settings.setConstant.mutationOptions(after))
  const remove = useMutation(trpc.settings.deleteConstant.mutationOptions(after))
  return (
    <ConstantsView
      constants={list.data?.constants}
      canWrite={canWrite}
      pending={set.isPending || remove.isPending}
      error={errorSentence(list.error ?? set.error ?? remove.error)}
      onRetry={list.error ? list.refetch : undefined}
      onSet={(constant) => attempt(set.mutateAsync(constant))}
      onDelete={(name) => attempt(remove.mutateAsync({ name }))}
    />
  )
}
