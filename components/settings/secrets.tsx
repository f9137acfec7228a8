'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { errorSentence, useTRPC } from '#components/trpc.tsx'
import { attempt } from './attempt.ts'
import { SecretsView } from './secrets-view.tsx'

export function Secrets({ canWrite }: { readonly canWrite: boolean }) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const list = useQuery(trpc.settings.secrets.queryOptions())
  const after = { onSuccess: () => queryClient.invalidateQueries({ queryKey: trpc.settings.secrets.queryKey() }) }
  const set = useMutation(trpc.settings.setSecret.mutationOptions(after))
  const remove = useMutation(trpc.settings.deleteSecret.mutationOptions(after))
  return (
    <SecretsView
      secrets={list.data?.secrets}
      canWrite={canWrite}
      pending={set.isPending || remove.isPending}
      error={errorSentence(list.error ?? set.error ?? remove.error)}
      onRetry={list.error ? list.refetch : undefined}
      onSet={(name, value) => attempt(set.mutateAsync({ name, value }))}
      onDelete={(name) => attempt(remove.mutateAsync({ name }))}
    />
  )
}
