import type { ReactNode } from 'react'
import { StatusBadge } from '#components/runs/status.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { Card } from '#components/ui/card.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { JsonView } from '#components/ui/json-view.tsx'
import { NavTabs } from '#components/ui/nav-tabs.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { PageHeader } from '#components/ui/page-header.tsx'
import { RelativeTime } from '#components/ui/time.tsx'
import { duration } from '#components/ui/time-format.ts'
import { VisibleText } from '#components/ui/visible-text.tsx'
import type { RunDetail, RunWait } from '#lib/contracts/runs.ts'
import { EventsTable } from './events-table.tsx'
import type { RunTab } from './run-tabs.ts'
import { money, nextAction } from './run-words.ts'
import { StepTimeline } from './step-timeline.tsx'
import { WaitPanel } from './wait-panel.tsx'

export interface RunPageViewProps {
  readonly run: RunDetail
  readonly tab: RunTab
  /** Cancel, retry: whatever the reader may do now. */
  readonly actions: ReactNode
  /** The form or decision of a wait; null where the reader cannot answer it. */
  readonly answer: (wait: RunWait) => ReactNode
  readonly context: ReactNode
  /** Whether events arrive; a lost connection is said, because the page would silently grow old. */
  readonly connected: boolean
}

export function RunPageView({ run, tab, actions, answer, context, connected }: RunPageViewProps) {
  const base = `/runs/${run.run_id}`
  return (
    <div className="grid gap-6">
      <PageHeader
        trail={[{ href: '/runs', label: 'Runs' }]}
        title={run.workflow_name}
        badges={<StatusBadge status={run.status} />}
        actions={
          <>
            {actions}
            <ButtonLink href={`/workflows/${run.workflow_id}`}>Open the workflow</ButtonLink>
          </>
        }
      />
      <Facts run={run} />
      {!connected && (
        <Notice tone="warn">The connection is lost. What you see may be old; it comes back by itself.</Notice>
      )}
      <Outcome run={run} />
      {run.waits.map((wait) => (
        <WaitPanel key={wait.wait_id} wait={wait}>
          {answer(wait)}
        </WaitPanel>
      ))}
      <div className="grid gap-4">
        <NavTabs
          label="Run"
          tabs={[
            { href: base, label: 'Steps', current: tab === 'steps' },
            { href: `${base}?tab=context`, label: 'Context', current: tab === 'context' },
            { href: `${base}?tab=events`, label: 'Events', current: tab === 'events', count: run.events.length },
          ]}
        />
        {tab === 'steps' && <StepTimeline {...run} />}
        {tab === 'context' && context}
        {tab === 'events' && <EventsTable events={run.events} />}
      </div>
    </div>
  )
}

function Facts({ run }: { readonly run: RunDetail }) {
  return (
    <div className="-mt-4 flex flex-wrap items-center gap-x-4 gap-y-1 text-[0.8125rem] text-ink-muted">
      <span>
        Started <RelativeTime at={run.started_at} />
        {run.started_by && ` by ${run.started_by}`}
      </span>
      {run.duration_ms !== null && <span className="tabular">{duration(run.duration_ms)}</span>}
      <span>Version {run.workflow_version}</span>
      <span className="tabular">
        {money(run.cost.usd)} · {run.cost.tokens.toLocaleString('en')} tokens
      </span>
      <span className="flex items-center">
        <code className="font-mono text-xs break-all">{run.run_id}</code>
        <CopyButton text={run.run_id} variant="ghost" label="Copy id" className="ml-0.5" />
      </span>
    </div>
  )
}

/** How it ended, in one sentence, and what to do about it. */
function Outcome({ run }: { readonly run: RunDetail }) {
  if (run.status === 'failed' && run.error) {
    const advice = nextAction(run, run.error.code)
    const step = run.workflow.steps.find(({ id }) => id === run.error?.step)
    return (
      <Notice
        tone="bad"
        title={
          <>
            {step ? `“${step.name ?? step.id}” failed: ` : ''}
            <VisibleText text={run.error.message} />
          </>
        }
        action={
          advice.href && (
            <ButtonLink size="sm" href={advice.href}>
              {advice.label}
            </ButtonLink>
          )
        }
      >
        <p className="text-ink-muted">
          {advice.sentence} <code className="font-mono text-xs">{run.error.code}</code>
        </p>
      </Notice>
    )
  }
  if (run.status === 'canceled') {
    return <Notice title="This run was canceled">{cancelReason(run)}</Notice>
  }
  if (run.status === 'completed' && run.outputs !== undefined && run.outputs !== null) {
    return (
      <Card className="p-4">
        <h2 className="mb-2 text-sm font-semibold">Result</h2>
        <JsonView value={run.outputs} />
      </Card>
    )
  }
  return null
}

function cancelReason(run: RunDetail): ReactNode {
  const reason = run.events.findLast((event) => event.type === 'run.canceled')?.data.reason
  return typeof reason === 'string' && reason !== '' ? <VisibleText text={reason} /> : 'No reason was given.'
}
