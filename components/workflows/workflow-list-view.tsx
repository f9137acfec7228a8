import { clsx } from 'clsx'
import { Search } from 'lucide-react'
import { Button } from '#components/ui/button.tsx'
import { Card } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { Failure } from '#components/ui/failure.tsx'
import { MoreButton } from '#components/ui/more-button.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import type { WorkflowRow, WorkflowTags } from '#lib/contracts/workflows.ts'
import { NoWorkflows } from './no-workflows.tsx'
import { WorkflowFilterBar } from './workflow-filter-bar.tsx'
import { isFiltered, NO_FILTERS, type WorkflowFilters } from './workflow-filters.ts'
import { type RowActions, WorkflowRows } from './workflow-rows.tsx'

export interface WorkflowListViewProps extends RowActions {
  /** undefined while it loads. */
  readonly workflows: readonly WorkflowRow[] | undefined
  readonly error?: string | null
  /** Loads it once more; absent where something else failed. */
  readonly onRetry?: (() => Promise<unknown>) | undefined
  readonly filters: WorkflowFilters
  readonly onFilters: (filters: WorkflowFilters) => void
  readonly tags: WorkflowTags['tags']
  readonly canCreate: boolean
  readonly hasMore?: boolean
  readonly loadingMore?: boolean
  readonly onMore?: () => void
}

export function WorkflowListView(props: WorkflowListViewProps) {
  const { workflows, error, filters, onFilters } = props
  const none = workflows?.length === 0
  if (none && !isFiltered(filters)) {
    return (
      <NoWorkflows title="No workflows yet" canCreate={props.canCreate}>
        {props.canCreate
          ? 'A workflow is a few steps in YAML: a form, an AI draft, an approval, a call. Begin from a blueprint and run it within minutes.'
          : 'Once an editor has created one, it stands here.'}
      </NoWorkflows>
    )
  }
  return (
    <div className="grid gap-4">
      <WorkflowFilterBar filters={filters} tags={props.tags} onFilters={onFilters} />
      <Failure error={error} onRetry={props.onRetry} />
      <Card className={clsx('overflow-hidden', error && !workflows && 'hidden')}>
        {workflows === undefined && !error && <SkeletonRows label="Loading workflows" />}
        {none && (
          <EmptyState
            icon={Search}
            title="No workflow matches"
            action={
              <Button onClick={() => onFilters({ ...NO_FILTERS, sort: filters.sort })}>Show all workflows</Button>
            }
          >
            Search looks at names and descriptions.
          </EmptyState>
        )}
        {workflows && workflows.length > 0 && (
          <WorkflowRows
            workflows={workflows}
            can={props.can}
            onTag={(tag) => onFilters({ ...filters, tag })}
            onRun={props.onRun}
            onEnabled={props.onEnabled}
            onDelete={props.onDelete}
          />
        )}
      </Card>
      {props.hasMore && props.onMore && <MoreButton loading={props.loadingMore} onClick={props.onMore} />}
    </div>
  )
}
