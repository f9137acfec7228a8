import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { EditWorkflow } from '#components/editor/edit-workflow.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { may } from '#server/services/authorise.ts'
import { orNotFound, prefetch } from '../../../prefetch.tsx'

export const metadata: Metadata = { title: 'Edit workflow' }

interface EditPageProps {
  readonly params: Promise<{ id: string }>
}

export default async function EditPage({ params }: EditPageProps) {
  const { id } = await params
  const { actor, trpc, queryClient } = await prefetch(`/workflows/${id}/edit`)
  if (!may(actor, 'workflow:update')) notFound()
  const workflow = await orNotFound(queryClient.fetchQuery(trpc.workflows.get.queryOptions({ id, query: {} })))
  return (
    <div className="grid gap-6">
      <PageHeader
        trail={[
          { href: '/workflows', label: 'Workflows' },
          { href: `/workflows/${id}`, label: workflow.name },
        ]}
        title={`Edit “${workflow.name}”`}
        description="Saving makes a new version. Runs under way keep theirs."
      />
      <EditWorkflow workflow={{ id, version: workflow.version, yaml: workflow.yaml }} />
    </div>
  )
}
