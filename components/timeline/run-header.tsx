import { clsx } from 'clsx'
import { ChevronRight } from 'lucide-react'
import { type ReactNode, Suspense } from 'react'
import { StatusBadge } from '#components/runs/status.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { lazyPart } from '#components/ui/lazy-part.ts'
import { PageHeader } from '#components/ui/page-header.tsx'
import { RelativeTime } from '#components/ui/time.tsx'
import { duration } from '#components/ui/time-format.ts'
import { VisibleText } from '#components/ui/visible-text.tsx'
import type { RunDetail } from '#lib/contracts/runs.ts'
import { TERMINAL } from '#lib/workflow/state.ts'
import { money } from './run-words.ts'
import { timesOf } from './time-axis.ts'
import { useNow } from './use-now.ts'

// Most runs come from nowhere else.
const RunLineage = lazyPart(async () => (await import('./run-lineage.tsx')).RunLineage)

/** Which run this is, how it stands, and what it took. */
export function RunHeader({ run, actions }: { readonly run: RunDetail; readonly actions: ReactNode }) {
  return (
    <div className="grid gap-4">
      <PageHeader
        trail={[{ href: '/runs', label: 'Runs' }]}
        title={
          <span dir="auto">
            <VisibleText text={run.workflow_name} />
          </span>
        }
        badges={<StatusBadge status={run.status} />}
        description={
          <span className="flex flex-wrap items-center gap-x-2 text-[0.8125rem]">
            <span>
              Started <RelativeTime at={run.started_at} />
              {run.started_by && (
                <>
                  {' by '}
                  <VisibleText text={run.started_by} />
                </>
              )}
            </span>
            <span aria-hidden="true">·</span>
            <span>Version {run.workflow_version}</span>
            <span aria-hidden="true" className="max-sm:hidden">
              ·
            </span>
            <code className="font-mono text-xs break-all">{run.run_id}</code>
            <CopyButton variant="ghost" text={run.run_id} label="Copy id" />
          </span>
        }
        actions={actions}
      />
      {(run.parent ?? run.forked_from) && (
        <Suspense>
          <RunLineage run={run} />
        </Suspense>
      )}
      <Figures run={run} />
    </div>
  )
}

function Figures({ run }: { readonly run: RunDetail }) {
  const over = TERMINAL.has(run.status)
  const now = useNow(!over, run.updated_at)
  const times = timesOf(run.steps, now)
  const total = run.duration_ms ?? Math.max(0, now - Date.parse(run.started_at))
  const untouched = run.status === 'queued' && run.steps.length === 0
  const idle = untouched ? total : times.queue + times.pause
  const figures = [
    { label: over ? 'Took' : 'So far', value: duration(total) },
    { label: 'Execution', value: times.execution === 0 ? 'none' : duration(times.execution) },
    { label: 'Waiting for people', value: times.waiting === 0 ? 'none' : duration(times.waiting) },
    { label: times.pause > 0 ? 'Queue and pauses' : 'Queue', value: idle === 0 ? 'none' : duration(idle) },
    { label: 'AI cost', value: money(run.cost.usd) },
    { label: 'Tokens', value: run.cost.tokens.toLocaleString('en') },
  ]
  return (
    <>
      <details className="group rounded-lg border bg-surface sm:hidden">
        <summary className="flex min-h-10 list-none items-center gap-2 rounded-lg px-3 text-[0.8125rem] [&::-webkit-details-marker]:hidden">
          <ChevronRight
            aria-hidden="true"
            className="size-4 shrink-0 text-ink-subtle transition-transform group-open:rotate-90 rtl:not-group-open:-scale-x-100"
          />
          <span className="text-ink-muted">{over ? 'Took' : 'So far'}</span>
          <span className="tabular font-medium">{duration(total)}</span>
          <span className="ms-auto text-ink-muted">AI cost</span>
          <span className="tabular font-medium">{money(run.cost.usd)}</span>
        </summary>
        <Grid figures={figures.slice(1)} className="border-t" />
      </details>
      <Grid figures={figures} className="rounded-lg border max-sm:hidden" />
    </>
  )
}

interface Figure {
  readonly label: string
  readonly value: string
}

function Grid({ figures, className }: { readonly figures: readonly Figure[]; readonly className: string }) {
  return (
    <dl className={clsx('grid grid-cols-2 gap-px overflow-hidden bg-line sm:grid-cols-3 xl:grid-cols-6', className)}>
      {figures.map(({ label, value }) => (
        <div key={label} className="bg-surface px-4 py-2.5 max-sm:last:odd:col-span-2">
          <dt className="text-xs text-ink-muted">{label}</dt>
          <dd className="tabular text-sm font-medium">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
