import type { Metadata } from 'next'
import { cache } from 'react'
import { RunDeepLink } from '#components/workflows/run-deep-link.tsx'
import { WorkflowDetail } from '#components/workflows/workflow-detail.tsx'
import { WORKFLOW_TABS } from '#components/workflows/workflow-tabs.ts'
import { may } from '#server/services/authorise.ts'
import { orNotFound, Prefetched, prefetch } from '../../prefetch.tsx'

interface WorkflowPageProps {
  readonly params: Promise<{ id: string }>
  readonly searchParams: Promise<{ tab?: string; version?: string }>
}

/** Read once for a request: the title and the page share it. */
const readWorkflow = cache(async (id: string, version: number | null) => {
  const { actor, trpc, queryClient } = await prefetch(`/workflows/${id}`)
  const query = version === null ? {} : { version }
  const workflow = await orNotFound(queryClient.fetchQuery(trpc.workflows.get.queryOptions({ id, query })))
  return { actor, queryClient, workflow }
})

export async function generateMetadata({ params, searchParams }: WorkflowPageProps): Promise<Metadata> {
  const { workflow } = await readWorkflow((await params).id, versionOf((await searchParams).version))
  return { title: `${workflow.name} · Workflows` }
}

export default async function WorkflowPage({ params, searchParams }: WorkflowPageProps) {
  const { id } = await params
  const { tab, version: asked } = await searchParams
  const version = versionOf(asked)
  const { actor, queryClient } = await readWorkflow(id, version)
  return (
    <Prefetched client={queryClient}>
      <WorkflowDetail
        id={id}
        version={version}
        tab={WORKFLOW_TABS.find((each) => each === tab) ?? 'overview'}
        can={{
          run: may(actor, 'run:start'),
          update: may(actor, 'workflow:update'),
          remove: may(actor, 'workflow:delete'),
        }}
      />
      {may(actor, 'run:start') && <RunDeepLink workflowId={id} />}
    </Prefetched>
  )
}

/** null: the newest. */
function versionOf(asked: string | undefined): number | null {
  return /^[1-9]\d{0,8}$/.test(asked ?? '') ? Number(asked) : null
}
