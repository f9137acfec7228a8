import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { EditWorkflow } from '#components/editor/edit-workflow.tsx'
import { WidePage } from '#components/shell/wide-page.tsx'
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
    <WidePage bleed>
      <EditWorkflow
        workflow={{ id, name: workflow.name, version: workflow.version, yaml: workflow.yaml }}
        canRun={workflow.enabled && may(actor, 'run:start')}
      />
    </WidePage>
  )
}
