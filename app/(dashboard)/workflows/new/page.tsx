import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { BlueprintGallery } from '#components/editor/blueprint-gallery.tsx'
import { LazyNewWorkflow } from '#components/editor/lazy-new-workflow.tsx'
import { WidePage } from '#components/shell/wide-page.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { BLANK, BLUEPRINTS } from '#lib/blueprints/blueprints.ts'
import { signedInContext } from '#server/auth/page-session.ts'
import { may } from '#server/services/authorise.ts'

export const metadata: Metadata = { title: 'New workflow' }

interface NewWorkflowPageProps {
  readonly searchParams: Promise<{ from?: string }>
}

const TRAIL = [{ href: '/workflows', label: 'Workflows' }]

export default async function NewWorkflowPage({ searchParams }: NewWorkflowPageProps) {
  const { from } = await searchParams
  const { actor } = await signedInContext('/workflows/new')
  if (!may(actor, 'workflow:create')) notFound()
  const blueprint = BLUEPRINTS.find(({ id }) => id === from)
  if (blueprint === undefined && from !== 'blank') {
    return (
      <div className="grid gap-6">
        <PageHeader
          trail={TRAIL}
          title="New workflow"
          description="Begin from a blueprint and change what you like. All but those that name a secret run as they are."
        />
        <BlueprintGallery blueprints={BLUEPRINTS} />
      </div>
    )
  }
  return (
    <WidePage bleed>
      <LazyNewWorkflow
        key={from}
        from={blueprint?.id ?? 'blank'}
        title={blueprint?.title ?? 'Empty page'}
        initial={blueprint?.yaml ?? BLANK}
      />
    </WidePage>
  )
}
