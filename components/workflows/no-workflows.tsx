import { ListTree, Plus } from 'lucide-react'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { Card } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'

interface NoWorkflowsProps {
  readonly title: string
  /** Whether the reader may write the first. */
  readonly canCreate: boolean
  readonly children: string
}

/** Where nothing has been written yet: what will be here, and the way to the first workflow. */
export function NoWorkflows({ title, canCreate, children }: NoWorkflowsProps) {
  return (
    <Card>
      <EmptyState
        icon={ListTree}
        title={title}
        action={
          canCreate && (
            <ButtonLink href="/workflows/new" variant="primary">
              <Plus aria-hidden="true" />
              Create the first workflow
            </ButtonLink>
          )
        }
      >
        {children}
      </EmptyState>
    </Card>
  )
}
