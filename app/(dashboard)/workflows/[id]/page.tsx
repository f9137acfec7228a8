import type { Metadata } from 'next'
import { RunDeepLink } from '#components/workflows/run-deep-link.tsx'
import { WorkflowDetail } from '#components/workflows/workflow-detail.tsx'
import { WORKFLOW_TABS } from '#components/workflows/workflow-tabs.ts'
import { may } from '#server/services/authorise.ts'
import { orNotFound, Prefetched, prefetch } from '../../prefetch.tsx'

export const metadata: Metadata = { title: 'Workflow' }

interface WorkflowPageProps {
  readonly params: Promise<{ id: string }>
  readonly searchParams: Promise<{ tab?: string; version?: string }>
}

export default async function WorkflowPage({ params, searchParams }: WorkflowPageProps) {
  const { id } = await params
  const { tab, version: asked } = await searchParams
  const version = /^[1-9]\d{0,8}$/.test(asked ?? '') ? Number(asked) : null
  const { actor, trpc, queryClient } = await prefetch(`/workflows/${id}`)
  await orNotFound(
    queryClient.fetchQuery(trpc.workflows.get.queryOptions({ id, query: version === null ? {} : { version } })),
  )
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
