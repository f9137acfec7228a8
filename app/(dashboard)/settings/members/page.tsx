import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Members } from '#components/settings/members.tsx'
import { may } from '#server/services/authorise.ts'
import { Prefetched, prefetch } from '../../prefetch.tsx'

export const metadata: Metadata = { title: 'Members' }

export default async function MembersPage() {
  const { actor, trpc, queryClient } = await prefetch('/settings/members')
  if (!may(actor, 'member:read')) notFound()
  await queryClient.prefetchQuery(trpc.members.list.queryOptions())
  return (
    <Prefetched client={queryClient}>
      <Members meId={actor.id} canManage={may(actor, 'member:manage')} />
    </Prefetched>
  )
}
