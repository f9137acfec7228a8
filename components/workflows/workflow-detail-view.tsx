import { Ellipsis, ListVideo, Pause, PencilLine, Play, Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { Badge } from '#components/ui/badge.tsx'
import { Button } from '#components/ui/button.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { DropdownMenu } from '#components/ui/dropdown-menu.tsx'
import { NavTabs } from '#components/ui/nav-tabs.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { RelativeTime } from '#components/ui/time.tsx'
import type { Workflow } from '#lib/contracts/workflows.ts'
import { SourceView } from './source-view.tsx'
import { WorkflowOverview } from './workflow-overview.tsx'
import type { WorkflowTab } from './workflow-tabs.ts'
import { WorkflowWarnings } from './workflow-warnings.tsx'

export interface WorkflowDetailViewProps {
  readonly workflow: Workflow
  readonly tab: WorkflowTab
  readonly can: { readonly run: boolean; readonly update: boolean; readonly remove: boolean }
  readonly error: string | null
  readonly onRun: () => void
  readonly onEnabled: (enabled: boolean) => void
  readonly onDelete: () => void
  readonly versions: ReactNode
}

export function WorkflowDetailView(props: WorkflowDetailViewProps) {
  const { workflow, tab, can, error, versions } = props
  const base = `/workflows/${workflow.id}`
  const old = workflow.version !== workflow.latest_version
  const version = old ? `&version=${workflow.version}` : ''
  return (
    <div className="grid gap-6">
      <PageHeader
        trail={[{ href: '/workflows', label: 'Workflows' }]}
        title={workflow.name}
        description={workflow.description}
        badges={
          <>
            {!workflow.enabled && <Badge tone="warn">Disabled</Badge>}
            {workflow.tags.map((tag) => (
              <Badge key={tag} className="max-w-48">
                <span className="truncate">{tag}</span>
              </Badge>
            ))}
          </>
        }
        actions={<Actions {...props} />}
      />
      <p className="-mt-4 flex flex-wrap gap-x-4 text-[0.8125rem] text-ink-muted">
        <span>Version {workflow.version}</span>
        <span>
          Changed <RelativeTime at={workflow.updated_at} />
        </span>
      </p>
      {error && <Notice tone="bad">{error}</Notice>}
      {old && (
        <Notice
          tone="info"
          action={
            <ButtonLink size="sm" href={base}>
              Show the newest
            </ButtonLink>
          }
        >
          This is version {workflow.version}; the newest is {workflow.latest_version}.
        </Notice>
      )}
      {!workflow.enabled && can.update && (
        <Notice tone="warn">Disabled: no new runs begin. Runs under way go on.</Notice>
      )}
      <WorkflowWarnings base={`${base}?tab=yaml${version}`} warnings={workflow.warnings} />
      <div className="grid gap-4">
        <NavTabs
          label="Workflow"
          tabs={[
            {
              href: `${base}${old ? `?version=${workflow.version}` : ''}`,
              label: 'Overview',
              current: tab === 'overview',
            },
            { href: `${base}?tab=yaml${version}`, label: 'YAML', current: tab === 'yaml' },
            {
              href: `${base}?tab=versions${version}`,
              label: 'Versions',
              current: tab === 'versions',
              count: workflow.latest_version,
            },
            { href: `/runs?workflow_id=${workflow.id}`, label: 'Runs', current: false },
          ]}
        />
        {tab === 'overview' && <WorkflowOverview workflow={workflow} />}
        {tab === 'yaml' && <SourceView yaml={workflow.yaml} />}
        {tab === 'versions' && versions}
      </div>
    </div>
  )
}

function Actions({ workflow, can, onRun, onEnabled, onDelete }: WorkflowDetailViewProps) {
  return (
    <>
      {can.run && (
        <Button variant="primary" onClick={onRun} disabled={!workflow.enabled}>
          <Play aria-hidden="true" />
          Run
        </Button>
      )}
      {can.update && (
        <ButtonLink href={`/workflows/${workflow.id}/edit`}>
          <PencilLine aria-hidden="true" />
          Edit
        </ButtonLink>
      )}
      <DropdownMenu
        align="end"
        trigger={
          <Button size="icon" aria-label="More actions" title="More actions">
            <Ellipsis aria-hidden="true" />
          </Button>
        }
        items={[
          { label: 'Its runs', icon: ListVideo, href: `/runs?workflow_id=${workflow.id}` },
          can.update && {
            label: workflow.enabled ? 'Disable' : 'Enable',
            icon: workflow.enabled ? Pause : Play,
            hint: workflow.enabled ? 'No new runs; those under way go on' : 'Runs can begin again',
            onSelect: () => onEnabled(!workflow.enabled),
          },
          can.remove && null,
          can.remove && { label: 'Delete this workflow', icon: Trash2, tone: 'bad', onSelect: onDelete },
        ]}
      />
    </>
  )
}
