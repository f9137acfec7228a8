import { Ellipsis, Pause, PencilLine, Play, Power, Trash2 } from 'lucide-react'
import Link from 'next/link'
import { StatusIcon } from '#components/runs/status.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { Button } from '#components/ui/button.tsx'
import { DropdownMenu } from '#components/ui/dropdown-menu.tsx'
import { RelativeTime } from '#components/ui/time.tsx'
import type { WorkflowRow } from '#lib/contracts/workflows.ts'
import { RecentRuns } from './recent-runs.tsx'

export interface RowActions {
  /** What the reader may do with any of them. */
  readonly can: { readonly run: boolean; readonly update: boolean; readonly remove: boolean }
  readonly onRun: (workflow: WorkflowRow) => void
  readonly onEnabled: (workflow: WorkflowRow, enabled: boolean) => void
  readonly onDelete: (workflow: WorkflowRow) => void
}

interface WorkflowRowsProps extends RowActions {
  readonly workflows: readonly WorkflowRow[]
  readonly onTag: (tag: string) => void
}

const TAGS_SHOWN = 3

/** One line each on wide screens, a small card each on narrow ones. */
export function WorkflowRows({ workflows, ...rest }: WorkflowRowsProps) {
  return (
    <ul aria-label="Workflows" className="divide-y">
      {workflows.map((workflow) => (
        <Row key={workflow.id} workflow={workflow} {...rest} />
      ))}
    </ul>
  )
}

function Row({ workflow, onTag, ...actions }: Omit<WorkflowRowsProps, 'workflows'> & { workflow: WorkflowRow }) {
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 px-4 py-2.5 transition-colors hover:bg-sunken md:grid-cols-[minmax(0,1fr)_6.5rem_9rem_auto]">
      <div className="min-w-0">
        <div className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
          <Link
            href={`/workflows/${workflow.id}`}
            dir="auto"
            className="max-w-full truncate text-sm font-medium hover:underline"
            title={workflow.name}
          >
            {workflow.name}
          </Link>
          {!workflow.enabled && <Badge tone="warn">Disabled</Badge>}
          {workflow.tags.slice(0, TAGS_SHOWN).map((tag) => (
            <button
              key={tag}
              type="button"
              dir="auto"
              title={`Only workflows with the tag ${tag}`}
              onClick={() => onTag(tag)}
              className="max-w-32 truncate rounded-full bg-hover px-2 py-0.5 text-xs leading-5 text-ink-muted hover:text-ink"
            >
              {tag}
            </button>
          ))}
          {workflow.tags.length > TAGS_SHOWN && (
            <span className="text-xs text-ink-subtle" title={workflow.tags.slice(TAGS_SHOWN).join(', ')}>
              {workflow.tags.length - TAGS_SHOWN} more
            </span>
          )}
        </div>
        <p dir="auto" className="w-fit max-w-full truncate text-[0.8125rem] text-ink-muted">
          {workflow.description ?? (
            <>
              Version {workflow.version}, changed <RelativeTime at={workflow.updated_at} />
            </>
          )}
        </p>
      </div>
      <div className="max-md:order-3">
        <RecentRuns recent={workflow.recent} />
      </div>
      <div className="text-[0.8125rem] whitespace-nowrap max-md:order-4 max-md:text-end">
        {workflow.last_run ? (
          <Link
            href={`/runs/${workflow.last_run.run_id}`}
            className="inline-flex items-center gap-1.5 text-ink-muted hover:underline"
          >
            <StatusIcon status={workflow.last_run.status} />
            <RelativeTime at={workflow.last_run.started_at} />
          </Link>
        ) : (
          <span className="text-ink-subtle">never run</span>
        )}
      </div>
      <Menu workflow={workflow} {...actions} />
    </li>
  )
}

function Menu({ workflow, can, onRun, onEnabled, onDelete }: RowActions & { workflow: WorkflowRow }) {
  if (!can.run && !can.update && !can.remove) return null
  const { enabled } = workflow
  return (
    <DropdownMenu
      align="end"
      trigger={
        <Button
          variant="ghost"
          size="icon"
          className="-me-2 justify-self-end"
          aria-label={`What to do with ${workflow.name}`}
        >
          <Ellipsis aria-hidden="true" />
        </Button>
      }
      items={[
        can.run && {
          label: 'Run',
          icon: Play,
          disabled: !enabled,
          ...(enabled ? {} : { hint: 'Enable it first' }),
          onSelect: () => onRun(workflow),
        },
        can.update && { label: 'Edit', icon: PencilLine, href: `/workflows/${workflow.id}/edit` },
        can.update && {
          label: enabled ? 'Disable' : 'Enable',
          icon: enabled ? Pause : Power,
          ...(enabled ? { hint: 'No new runs begin' } : {}),
          onSelect: () => onEnabled(workflow, !enabled),
        },
        { label: 'Its runs', icon: Play, href: `/runs?workflow_id=${workflow.id}` },
        can.remove && null,
        can.remove && { label: 'Delete', icon: Trash2, tone: 'bad', onSelect: () => onDelete(workflow) },
      ]}
    />
  )
}
