import { Pause, PencilLine, Play, Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { Badge } from '#components/ui/badge.tsx'
import { Button } from '#components/ui/button.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { NavTabs } from '#components/ui/nav-tabs.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { RelativeTime } from '#components/ui/time.tsx'
import type { Workflow } from '#lib/contracts/workflows.ts'
import { SourceView } from './source-view.tsx'
import { StepsOutline } from './steps-outline.tsx'
import type { WorkflowTab } from './workflow-tabs.ts'

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
        <a href={`/runs?workflow_id=${workflow.id}`} className="underline underline-offset-2">
          Its runs
        </a>
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
      {workflow.warnings.length > 0 && (
        <Notice tone="warn" title={warningsTitle(workflow.warnings.length)}>
          <ul className="mt-1 grid gap-1">
            {workflow.warnings.map((warning) => (
              <li key={`${warning.line}:${warning.column}:${warning.code}`} className="text-ink-muted">
                Line {warning.line}: {warning.message}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      <div className="grid gap-4">
        <NavTabs
          label="Workflow"
          tabs={[
            {
              href: `${base}${old ? `?version=${workflow.version}` : ''}`,
              label: 'Steps',
              current: tab === 'steps',
              count: workflow.steps.length,
            },
            { href: `${base}?tab=yaml${version}`, label: 'YAML', current: tab === 'yaml' },
            {
              href: `${base}?tab=versions${version}`,
              label: 'Versions',
              current: tab === 'versions',
              count: workflow.latest_version,
            },
          ]}
        />
        {tab === 'steps' && <StepsOutline steps={workflow.steps} start={workflow.start_step} />}
        {tab === 'yaml' && <SourceView yaml={workflow.yaml} />}
        {tab === 'versions' && versions}
      </div>
    </div>
  )
}

function warningsTitle(count: number): string {
  return count === 1 ? 'One thing to know about this workflow' : `${count} things to know about this workflow`
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
      {can.update && (
        <Button onClick={() => onEnabled(!workflow.enabled)}>
          {workflow.enabled ? <Pause aria-hidden="true" /> : <Play aria-hidden="true" />}
          {workflow.enabled ? 'Disable' : 'Enable'}
        </Button>
      )}
      {can.remove && (
        <Button size="icon" aria-label="Delete this workflow" title="Delete this workflow" onClick={onDelete}>
          <Trash2 aria-hidden="true" />
        </Button>
      )}
    </>
  )
}
