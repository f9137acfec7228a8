'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { errorSentence, useTRPC } from '#components/trpc.tsx'
import { DAY } from '#lib/time.ts'
import { ApiKeysView } from './api-keys-view.tsx'
import { attempt } from './attempt.ts'

export function ApiKeys() {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const list = useQuery(trpc.apiKeys.list.queryOptions())
  const after = { onSuccess: () => queryClient.invalidateQueries({ queryKey: trpc.apiKeys.list.queryKey() }) }
  const create = useMutation(trpc.apiKeys.create.mutationOptions(after))
  const revoke = useMutation(trpc.apiKeys.revoke.mutationOptions(after))
  return (
    <ApiKeysView
      keys={list.data?.api_keys}
      created={create.data ?? null}
      pending={create.isPending || revoke.isPending}
      error={errorSentence(list.error ?? create.error ?? revoke.error)}
      onRetry={list.error ? list.refetch : undefined}
      onCreate={({ name, role, days }) => {
        const expires = days === null ? {} : { expires_at: new Date(Date.now() + days * DAY).toISOString() }
        return attempt(create.mutateAsync({ name, role, ...expires }))
      }}
      onRevoke={(id) => attempt(revoke.mutateAsync({ id }))}
    />
  )
}
