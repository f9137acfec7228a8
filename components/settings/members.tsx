'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { errorSentence, useTRPC } from '#components/trpc.tsx'
import { attempt } from './attempt.ts'
import { MembersView } from './members-view.tsx'

export function Members({ meId, canManage }: { readonly meId: string; readonly canManage: boolean }) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const list = useQuery(trpc.members.list.queryOptions())
  const after = { onSuccess: () => queryClient.invalidateQueries({ queryKey: trpc.members.list.queryKey() }) }
  const invite = useMutation(trpc.members.invite.mutationOptions(after))
  const changeRole = useMutation(trpc.members.changeRole.mutationOptions(after))
  const setDisabled = useMutation(trpc.members.setDisabled.mutationOptions(after))
  const revoke = useMutation(trpc.members.revokeInvitation.mutationOptions(after))
  const all = [invite, changeRole, setDisabled, revoke]
  return (
    <MembersView
      list={list.data}
      meId={meId}
      canManage={canManage}
      pending={all.some((mutation) => mutation.isPending)}
      error={errorSentence(list.error ?? all.find((mutation) => mutation.error)?.error)}
      onRetry={list.error ? list.refetch : undefined}
      onInvite={(email, role) => attempt(invite.mutateAsync({ email, role }))}
      onRole={(id, role) => changeRole.mutate({ id, role })}
      onDisabled={(id, disabled) => setDisabled.mutate({ id, disabled })}
      onRevoke={(id) => revoke.mutate({ id })}
    />
  )
}
