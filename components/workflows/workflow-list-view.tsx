import { clsx } from 'clsx'
import { ListTree, Plus, Search } from 'lucide-react'
import Link from 'next/link'
import { StatusIcon } from '#components/runs/status.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { Card } from '#components/ui/card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { Input } from '#components/ui/input.tsx'
import { MoreButton } from '#components/ui/more-button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { Table, Td, Th, Tr } from '#components/ui/table.tsx'
import { RelativeTime } from '#components/ui/time.tsx'
import type { WorkflowRow } from '#lib/contracts/workflows.ts'

export interface WorkflowListViewProps {
  /** undefined while it loads. */
  readonly workflows: readonly WorkflowRow[] | undefined
  readonly error?: string | null
  readonly query: string
  readonly onQuery: (query: string) => void
  readonly canCreate: boolean
  readonly hasMore?: boolean
  readonly loadingMore?: boolean
  readonly onMore?: () => void
}

export function WorkflowListView(props: WorkflowListViewProps) {
  const { workflows, error, query, onQuery } = props
  const none = workflows?.length === 0
  const searching = query.trim() !== ''
  if (none && !searching) return <NoWorkflows canCreate={props.canCreate} />
  return (
    <div className="grid gap-4">
      <search className="relative max-w-xs">
        <Search
          aria-hidden="true"
          className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-ink-subtle"
        />
        <Input
          type="search"
          aria-label="Search workflows"
          placeholder="Search workflows"
          className="pl-8"
          value={query}
          onChange={(event) => onQuery(event.target.value)}
        />
      </search>
      {error && <Notice tone="bad">{error}</Notice>}
      <Card className={clsx('overflow-hidden', error && !workflows && 'hidden')}>
        {workflows === undefined && !error && <SkeletonRows label="Loading workflows" />}
        {none && (
          <EmptyState icon={Search} title={`Nothing matches “${query.trim()}”`}>
            Search looks at names and descriptions. Try fewer letters.
          </EmptyState>
        )}
        {workflows && workflows.length > 0 && <Rows workflows={workflows} />}
      </Card>
      {props.hasMore && props.onMore && <MoreButton loading={props.loadingMore} onClick={props.onMore} />}
    </div>
  )
}

function Rows({ workflows }: { readonly workflows: readonly WorkflowRow[] }) {
  return (
    <Table label="Workflows">
      <thead>
        <tr>
          <Th>Name</Th>
          <Th className="max-md:hidden">Last run</Th>
          <Th className="max-sm:hidden">Changed</Th>
          <Th className="text-right">Version</Th>
        </tr>
      </thead>
      <tbody>
        {workflows.map((workflow) => (
          <Tr key={workflow.id}>
            <Td className="w-full max-w-0">
              <div className="flex min-w-0 items-center gap-2">
                <Link
                  href={`/workflows/${workflow.id}`}
                  className="truncate text-sm font-medium hover:underline"
                  title={workflow.name}
                >
                  {workflow.name}
                </Link>
                {!workflow.enabled && <Badge>Disabled</Badge>}
                {workflow.tags.slice(0, 2).map((tag) => (
                  <Badge key={tag} className="max-w-28 max-sm:hidden">
                    <span className="truncate">{tag}</span>
                  </Badge>
                ))}
              </div>
              {workflow.description && <p className="truncate text-ink-muted">{workflow.description}</p>}
            </Td>
            <Td className="whitespace-nowrap max-md:hidden">
              {workflow.last_run ? (
                <Link href={`/runs/${workflow.last_run.run_id}`} className="flex items-center gap-1.5 hover:underline">
                  <StatusIcon status={workflow.last_run.status} />
                  <RelativeTime at={workflow.last_run.started_at} className="text-ink-muted" />
                </Link>
              ) : (
                <span className="text-ink-subtle">never</span>
              )}
            </Td>
            <Td className="whitespace-nowrap text-ink-muted max-sm:hidden">
              <RelativeTime at={workflow.updated_at} />
            </Td>
            <Td className="tabular text-right text-ink-muted">{workflow.version}</Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  )
}

function NoWorkflows({ canCreate }: { readonly canCreate: boolean }) {
  return (
    <Card>
      <EmptyState
        icon={ListTree}
        title="No workflows yet"
        action={
          canCreate && (
            <ButtonLink href="/workflows/new" variant="primary">
              <Plus aria-hidden="true" />
              Create the first workflow
            </ButtonLink>
          )
        }
      >
        {canCreate
          ? 'A workflow is a few steps in YAML: a form, an AI draft, an approval, a call. Begin from a blueprint and run it within minutes.'
          : 'Once an editor has created one, it stands here.'}
      </EmptyState>
    </Card>
  )
}
