import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { EditWorkflow } from '#components/editor/edit-workflow.tsx'
import { WidePage } from '#components/shell/wide-page.tsx'
import { may } from '#server/services/authorise.ts'
import { orNotFound, prefetch } from '../../../prefetch.tsx'

interface EditPageProps {
  readonly params: Promise<{ id: string }>
}

/** Read once for a request: the title and the page share it. */
const readWorkflow = cache(async (id: string) => {
  const { actor, trpc, queryClient } = await prefetch(`/workflows/${id}/edit`)
  if (!may(actor, 'workflow:update')) notFound()
  return {
    actor,
    workflow: await orNotFound(queryClient.fetchQuery(trpc.workflows.get.queryOptions({ id, query: {} }))),
  }
})

export async function generateMetadata({ params }: EditPageProps): Promise<Metadata> {
  const { workflow } = await readWorkflow((await params).id)
  return { title: `Edit ${workflow.name} · Workflows` }
}

export default async function EditPage({ params }: EditPageProps) {
  const { id } = await params
  const { actor, workflow } = await readWorkflow(id)
  return (
    <WidePage bleed>
      <EditWorkflow
        workflow={{ id, name: workflow.name, version: workflow.version, yaml: workflow.yaml }}
        canRun={workflow.enabled && may(actor, 'run:start')}
      />
    </WidePage>
  )
}
