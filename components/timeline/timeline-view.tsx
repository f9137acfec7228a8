'use client'
import { clsx } from 'clsx'
import { Suspense, useMemo, useRef } from 'react'
import { StatusIcon } from '#components/runs/status.tsx'
import { lazyPart } from '#components/ui/lazy-part.ts'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { duration } from '#components/ui/time-format.ts'
import { VisibleText } from '#components/ui/visible-text.tsx'
import type { StepSummary } from '#lib/contracts/run-steps.ts'
import type { RunDetail } from '#lib/contracts/runs.ts'
import { TERMINAL } from '#lib/workflow/state.ts'
import { Legend } from './legend.tsx'
import { attemptKey } from './merge-run.ts'
import { useRowFocus, walk } from './row-focus.ts'
import { stretchesOf, type TimeAxis, timeAxis } from './time-axis.ts'
import { Breaks, Indent, percent, ROW, TimelineRow } from './timeline-row.tsx'
import { useNow } from './use-now.ts'

/** Up to so many rows are simply there: found by the browser's search, and by those who do not see them. */
const ALL_AT_ONCE = 150
/** Few runs are that long: the rest need not fetch what shows only a part of the rows. */
const ManyRows = lazyPart(async () => (await import('./many-rows.tsx')).ManyRows)

export interface TimelineViewProps {
  readonly run: Pick<RunDetail, 'workflow' | 'status' | 'started_at' | 'updated_at' | 'ended_at' | 'more'>
  /** As they are read: see `nested`. */
  readonly steps: readonly StepSummary[]
  readonly selected: StepSummary | null
  readonly onSelect: (step: StepSummary) => void
}

/** Every attempt of every visit along one axis of time. */
export function TimelineView({ run, steps, selected, onSelect }: TimelineViewProps) {
  const over = TERMINAL.has(run.status)
  const now = useNow(!over, run.updated_at)
  const names = useMemo(() => new Map(run.workflow.steps.map(({ id, name }) => [id, name ?? id])), [run.workflow])
  // While it runs the axis grows each second, but nothing is gained by weighing 10,000 attempts anew that often.
  const until = over ? 0 : steps.length > 1_000 ? Math.ceil(now / 10_000) * 10_000 : now
  const axis = useMemo(() => axisOf(run, steps, until), [run, steps, until])
  const reached = useMemo(() => new Set(steps.map(({ step_id }) => step_id)), [steps])
  const body = useRef<HTMLElement>(null)
  useRowFocus(body, selected === null ? null : attemptKey(selected))
  const missing = run.workflow.steps.filter(({ id }) => !reached.has(id))
  const row = (step: StepSummary) => (
    <TimelineRow
      step={step}
      name={names.get(step.step_id) ?? step.step_id}
      axis={axis}
      now={now}
      selected={selected !== null && attemptKey(step) === attemptKey(selected)}
      fixed={steps.length > ALL_AT_ONCE}
      onSelect={onSelect}
    />
  )
  return (
    <section
      ref={body}
      aria-label="Timeline"
      onKeyDown={(event) => walk(event, selected !== null)}
      className="@container overflow-clip rounded-lg border bg-surface"
    >
      <AxisHead axis={axis} from={Date.parse(run.started_at)} />
      <div className="relative isolate">
        <Breaks axis={axis} />
        {steps.length > ALL_AT_ONCE ? (
          <Suspense fallback={<SkeletonRows rows={12} label="Loading the attempts" />}>
            <ManyRows steps={steps} selected={selected} row={row} />
          </Suspense>
        ) : (
          <ol>
            {steps.map((step) => (
              <li key={attemptKey(step)} className="border-b border-line/60 last:border-0">
                {row(step)}
              </li>
            ))}
          </ol>
        )}
      </div>
      {missing.length > 0 && (
        <ul aria-label="Not reached" className={clsx(steps.length > 0 && 'border-t')}>
          {missing.map((step) => (
            <li key={step.id} className={clsx(ROW, 'min-h-9 items-center py-1 text-[0.8125rem] text-ink-subtle')}>
              <span className="flex min-w-0 items-center gap-2 self-stretch">
                <Indent depth={step.depth ?? 0} />
                <StatusIcon status="pending" />
                <span
                  dir="auto"
                  title={step.name ?? step.id}
                  className="line-clamp-2 min-w-0 break-words leading-[1.125rem]"
                >
                  <VisibleText text={step.name ?? step.id} />
                </span>
              </span>
              <span className="@max-md:hidden" />
              <span className="text-end text-xs">{over ? 'not reached' : 'to come'}</span>
            </li>
          ))}
        </ul>
      )}
      <Legend shortened={axis.breaks.length > 0} />
    </section>
  )
}

function axisOf(run: TimelineViewProps['run'], steps: readonly StepSummary[], now: number): TimeAxis {
  const all = steps.flatMap((step) => stretchesOf(step, now))
  const from = Date.parse(run.started_at)
  const last = all.reduce((latest, { to }) => Math.max(latest, to), from)
  return timeAxis(all, from, Math.max(last, run.ended_at === null ? now : Date.parse(run.ended_at)))
}

const TICKS = [0, 0.25, 0.5, 0.75, 1]

/** What time since the start lies where. */
function AxisHead({ axis, from }: { readonly axis: TimeAxis; readonly from: number }) {
  return (
    <div aria-hidden="true" className={clsx(ROW, 'h-8 items-center border-b bg-sunken text-xs text-ink-subtle')}>
      <span>Step</span>
      <span className="tabular relative h-full @max-md:hidden">
        {TICKS.map((tick) => (
          <span
            key={tick}
            style={{ insetInlineStart: percent(tick) }}
            className={clsx(
              'absolute inset-y-0 flex items-center whitespace-nowrap',
              tick > 0 && tick < 1 && (tick === 0.5 ? '@max-3xl:hidden' : '@max-5xl:hidden'),
              tick === 1
                ? '-translate-x-full rtl:translate-x-full'
                : tick > 0 && '-translate-x-1/2 rtl:translate-x-1/2',
            )}
          >
            {tick === 0 ? '0' : duration(axis.instant(tick) - from)}
          </span>
        ))}
      </span>
      <span className="text-end">Took</span>
    </div>
  )
}
