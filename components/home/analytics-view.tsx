'use client'
import Link from 'next/link'
import { useId, useState } from 'react'
import { durationChart, runsChart, runTotals } from '#components/analytics/chart-series.ts'
import { beforeWords, type RangeChoice } from '#components/analytics/range-choice.ts'
import { RangePicker } from '#components/analytics/range-picker.tsx'
import { ChartCard } from '#components/charts/chart-card.tsx'
import { shownSeries } from '#components/charts/chart-data.ts'
import { ChartLegend } from '#components/charts/chart-legend.tsx'
import { Failure } from '#components/ui/failure.tsx'
import { Segmented } from '#components/ui/segmented.tsx'
import type {
  AnalyticsAi,
  AnalyticsSummary,
  AnalyticsWaits,
  AnalyticsWorkflows,
  RunsOverTime,
} from '#lib/contracts/analytics.ts'
import { AiCostView } from './ai-cost-view.tsx'
import { FiguresView } from './figures-view.tsx'
import { OpenWaitsView } from './open-waits-view.tsx'
import { SectionCard } from './section-card.tsx'

export interface AnalyticsViewProps {
  readonly range: RangeChoice
  readonly onRange: (range: RangeChoice) => void
  readonly error: string | null
  /** Loads it once more. */
  readonly onRetry?: () => Promise<unknown>
  /** Each undefined while it loads. */
  readonly summary: AnalyticsSummary | undefined
  readonly overTime: RunsOverTime | undefined
  readonly workflows: AnalyticsWorkflows | undefined
  readonly ai: AnalyticsAi | undefined
  readonly waits: AnalyticsWaits | undefined
}

/** How it went: figures, charts with their tables, what fails and what it cost. */
export function AnalyticsView(props: AnalyticsViewProps) {
  const { range, onRange, error, summary, overTime, workflows, ai, waits } = props
  const id = useId()
  /** What could not be loaded is not on its way. */
  const shows = (part: object | undefined) => part !== undefined || error === null
  return (
    <section aria-labelledby={id} className="grid gap-4">
      <header className="flex flex-wrap items-center justify-between gap-2">
        <h2 id={id} className="text-base font-semibold">
          How it went
        </h2>
        <RangePicker value={range} onChange={onRange} />
      </header>
      <Failure error={error} onRetry={props.onRetry} />
      {shows(summary) && <FiguresView summary={summary} than={beforeWords(range)} />}
      <div className="grid gap-4 empty:hidden lg:grid-cols-3">
        {shows(overTime) && <RunsOverTimeChart className="lg:col-span-2" overTime={overTime} summary={summary} />}
        {shows(waits) && <OpenWaitsView waits={waits} />}
      </div>
      <div className="grid gap-4 empty:hidden lg:grid-cols-2">
        {shows(overTime) && <Durations overTime={overTime} />}
        {shows(ai) && <AiCostView ai={ai} />}
      </div>
      <div className="grid gap-4 empty:hidden lg:grid-cols-2">
        {shows(workflows) && <Failures workflows={workflows} />}
        {shows(workflows) && <Busiest workflows={workflows} />}
      </div>
    </section>
  )
}

function RunsOverTimeChart({
  overTime,
  summary,
  className,
}: Pick<AnalyticsViewProps, 'overTime' | 'summary'> & { readonly className: string }) {
  const data = overTime && runsChart(overTime)
  return (
    <ChartCard
      title="Runs over time"
      kind="stack"
      data={data}
      className={className}
      empty="Nothing ran in this time."
      legend={
        data && <ChartLegend series={shownSeries(data)} {...(summary ? { values: runTotals(summary.now.runs) } : {})} />
      }
    />
  )
}

const MEASURES = [
  { value: 'total', label: 'In all' },
  { value: 'execution', label: 'Without waiting' },
] as const

function Durations({ overTime }: Pick<AnalyticsViewProps, 'overTime'>) {
  const [measure, setMeasure] = useState<'total' | 'execution'>('total')
  const data = overTime && durationChart(overTime, measure)
  return (
    <ChartCard
      title="How long runs take"
      kind="line"
      data={data}
      empty="No run completed in this time."
      legend={
        data && (
          <div className="flex flex-wrap items-center justify-between gap-2">
            <ChartLegend series={data.series} />
            <Segmented label="What counts" value={measure} options={MEASURES} onChange={setMeasure} />
          </div>
        )
      }
    />
  )
}

function Failures({ workflows }: Pick<AnalyticsViewProps, 'workflows'>) {
  return (
    <SectionCard
      title="What fails most"
      all={{ href: '/runs?status=failed', label: 'All failed runs' }}
      items={workflows?.failures.slice(0, 5)}
      empty="Nothing failed in this time."
      row={(failure) => (
        <li
          key={`${failure.workflow_id} ${failure.step} ${failure.code}`}
          className="flex items-start gap-3 px-4 py-2.5"
        >
          <div className="min-w-0 flex-1">
            <Link
              href={`/runs/${failure.last.run_id}`}
              dir="auto"
              title={failure.last.message}
              className="block w-fit max-w-full truncate text-sm hover:underline"
            >
              {failure.last.message}
            </Link>
            <p className="truncate text-[0.8125rem] text-ink-muted">
              <bdi>{failure.workflow_name}</bdi>
              {failure.step !== null && (
                <>
                  {' at '}
                  <span className="font-mono text-xs">{failure.step}</span>
                </>
              )}
            </p>
          </div>
          <span className="tabular shrink-0 text-[0.8125rem] text-ink-muted">
            {failure.runs === 1 ? 'once' : `${failure.runs} times`}
          </span>
        </li>
      )}
    />
  )
}

function Busiest({ workflows }: Pick<AnalyticsViewProps, 'workflows'>) {
  return (
    <SectionCard
      title="Runs most"
      all={{ href: '/workflows', label: 'All workflows' }}
      items={workflows?.workflows.slice(0, 5)}
      empty="Nothing ran in this time."
      row={(workflow) => (
        <li key={workflow.workflow_id} className="flex items-baseline justify-between gap-3 px-4 py-2.5">
          <Link
            href={`/workflows/${workflow.workflow_id}`}
            dir="auto"
            className="min-w-0 truncate text-sm hover:underline"
          >
            {workflow.name}
          </Link>
          <Link
            href={`/runs?workflow_id=${workflow.workflow_id}`}
            className="tabular shrink-0 rounded py-0.5 text-[0.8125rem] text-ink-muted hover:underline"
          >
            {workflow.total === 1 ? '1 run' : `${workflow.total.toLocaleString()} runs`}
            {workflow.runs.failed > 0 && `, ${workflow.runs.failed} failed`}
          </Link>
        </li>
      )}
    />
  )
}
