import { clsx } from 'clsx'
import { ArrowUp, PlayCircle, Search } from 'lucide-react'
import { Button } from '#components/ui/button.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { Card } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { Failure } from '#components/ui/failure.tsx'
import { MoreButton } from '#components/ui/more-button.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import type { RunRow } from '#lib/contracts/runs.ts'
import { RunFilterBar, type RunFilterBarProps } from './run-filter-bar.tsx'
import { isFiltered, NO_FILTERS } from './run-list-input.ts'
import { RunRows, sumWords } from './run-rows.tsx'

export interface RunListViewProps extends RunFilterBarProps {
  /** undefined while it loads. */
  readonly runs: readonly RunRow[] | undefined
  readonly error?: string | null
  /** Loads it once more. */
  readonly onRetry?: () => Promise<unknown>
  /** How many began since the list was opened, not yet shown. */
  readonly fresh?: number
  readonly onFresh?: () => void
  readonly hasMore?: boolean
  readonly loadingMore?: boolean
  readonly onMore?: () => void
}

export function RunListView(props: RunListViewProps) {
  const { runs, error, onRetry, fresh = 0, onFresh, hasMore, loadingMore, onMore, ...filterBar } = props
  const { filters, onFilters } = filterBar
  if (runs?.length === 0 && !isFiltered(filters) && fresh === 0) return <NoRuns />
  return (
    <div className="grid gap-4">
      <RunFilterBar {...filterBar} />
      <Failure error={error} onRetry={onRetry} />
      <div aria-live="polite" className="empty:hidden">
        {fresh > 0 && (
          <Button size="sm" onClick={onFresh} className="mx-auto flex">
            <ArrowUp aria-hidden="true" />
            {fresh === 1 ? 'Show 1 new run' : `Show ${fresh} new runs`}
          </Button>
        )}
      </div>
      <Card className={clsx('overflow-hidden', error && !runs && 'hidden')}>
        {!runs && !error && <SkeletonRows label="Loading runs" />}
        {runs?.length === 0 && (
          <EmptyState
            icon={Search}
            title="No run matches"
            action={<Button onClick={() => onFilters(NO_FILTERS)}>Show all runs</Button>}
          >
            Widen the filters to see more.
          </EmptyState>
        )}
        {runs && runs.length > 0 && (
          <>
            <RunRows runs={runs} />
            <p className="border-t bg-sunken px-4 py-2 text-xs text-ink-muted">{sumWords(runs, hasMore === true)}</p>
          </>
        )}
      </Card>
      {hasMore && onMore && <MoreButton loading={loadingMore} onClick={onMore} />}
    </div>
  )
}

function NoRuns() {
  return (
    <Card>
      <EmptyState
        icon={PlayCircle}
        title="No runs yet"
        action={
          <ButtonLink href="/workflows" variant="primary">
            Choose a workflow to run
          </ButtonLink>
        }
      >
        Each start of a workflow is a run. Here you see where each one stands.
      </EmptyState>
    </Card>
  )
}
