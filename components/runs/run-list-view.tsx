import { clsx } from 'clsx'
import { PlayCircle, Search } from 'lucide-react'
import Link from 'next/link'
import { money } from '#components/timeline/run-words.ts'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { Card } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { Input } from '#components/ui/input.tsx'
import { MoreButton } from '#components/ui/more-button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Select } from '#components/ui/select.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { Table, Td, Th, Tr } from '#components/ui/table.tsx'
import { RelativeTime } from '#components/ui/time.tsx'
import { duration } from '#components/ui/time-format.ts'
import type { RunRow, RunStatus } from '#lib/contracts/runs.ts'
import { RUN_STATUSES } from '#lib/workflow/state.ts'
import { toStatus } from './run-list-input.ts'
import { StatusBadge, statusLabel } from './status.tsx'

export interface RunFilters {
  readonly q: string
  readonly status: RunStatus | null
  /** Only runs of this workflow. */
  readonly workflowId: string | null
}

export interface RunListViewProps {
  /** undefined while it loads. */
  readonly runs: readonly RunRow[] | undefined
  readonly error?: string | null
  readonly filters: RunFilters
  readonly onFilters: (filters: RunFilters) => void
  readonly hasMore?: boolean
  readonly loadingMore?: boolean
  readonly onMore?: () => void
}

export function RunListView({ runs, error, filters, onFilters, hasMore, loadingMore, onMore }: RunListViewProps) {
  const filtered = filters.q !== '' || filters.status !== null || filters.workflowId !== null
  if (runs?.length === 0 && !filtered) {
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
  return (
    <div className="grid gap-4">
      <search className="flex flex-wrap gap-2">
        <div className="relative w-full max-w-xs">
          <Search
            aria-hidden="true"
            className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-ink-subtle"
          />
          <Input
            type="search"
            aria-label="Search runs by workflow or id"
            placeholder="Workflow or run id"
            className="pl-8"
            value={filters.q}
            onChange={(event) => onFilters({ ...filters, q: event.target.value })}
          />
        </div>
        <div className="w-44">
          <Select
            aria-label="Status"
            value={filters.status ?? ''}
            onChange={(event) => onFilters({ ...filters, status: toStatus(event.target.value) })}
          >
            <option value="">Every status</option>
            {RUN_STATUSES.map((status) => (
              <option key={status} value={status}>
                {statusLabel(status)}
              </option>
            ))}
          </Select>
        </div>
        {filters.workflowId && (
          <button
            type="button"
            onClick={() => onFilters({ ...filters, workflowId: null })}
            className="h-8 rounded-md px-2 text-[0.8125rem] text-ink-muted underline underline-offset-2 hover:text-ink"
          >
            Show runs of all workflows
          </button>
        )}
      </search>
      {error && <Notice tone="bad">{error}</Notice>}
      <Card className={clsx('overflow-hidden', error && !runs && 'hidden')}>
        {!runs && !error && <SkeletonRows label="Loading runs" />}
        {runs?.length === 0 && (
          <EmptyState icon={Search} title="No run matches">
            Widen the filters to see more.
          </EmptyState>
        )}
        {runs && runs.length > 0 && <Rows runs={runs} />}
      </Card>
      {hasMore && onMore && <MoreButton loading={loadingMore} onClick={onMore} />}
    </div>
  )
}

function Rows({ runs }: { readonly runs: readonly RunRow[] }) {
  return (
    <Table label="Runs">
      <thead>
        <tr>
          <Th>Workflow</Th>
          <Th>Status</Th>
          <Th className="max-md:hidden">At step</Th>
          <Th className="max-sm:hidden">Started</Th>
          <Th className="text-right max-lg:hidden">Duration</Th>
          <Th className="text-right max-lg:hidden">Cost</Th>
        </tr>
      </thead>
      <tbody>
        {runs.map((run) => (
          <Tr key={run.run_id}>
            <Td className="w-full max-w-0">
              <Link
                href={`/runs/${run.run_id}`}
                className="block truncate text-sm font-medium hover:underline"
                title={run.workflow_name}
              >
                {run.workflow_name}
              </Link>
              <span className="block truncate text-ink-subtle">
                {run.error ? run.error.message : run.started_by ? `by ${run.started_by}` : run.run_id}
              </span>
            </Td>
            <Td>
              <StatusBadge status={run.status} />
            </Td>
            <Td className="max-w-40 truncate font-mono text-xs text-ink-muted max-md:hidden">
              {run.error?.step ?? run.current_step ?? ''}
            </Td>
            <Td className="whitespace-nowrap text-ink-muted max-sm:hidden">
              <RelativeTime at={run.started_at} />
            </Td>
            <Td className="tabular text-right whitespace-nowrap text-ink-muted max-lg:hidden">
              {run.duration_ms === null ? '' : duration(run.duration_ms)}
            </Td>
            <Td className="tabular text-right text-ink-muted max-lg:hidden">{money(run.cost.usd)}</Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  )
}
