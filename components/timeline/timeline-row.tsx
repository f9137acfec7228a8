import { clsx } from 'clsx'
import { StatusIcon } from '#components/runs/status.tsx'
import { duration } from '#components/ui/time-format.ts'
import { VisibleText } from '#components/ui/visible-text.tsx'
import { stepLook } from '#components/workflows/step-look.ts'
import type { StepSummary } from '#lib/contracts/runs.ts'
import { barLook, SPENT_LABELS } from './bar-look.ts'
import { attemptKey } from './merge-run.ts'
import { attemptTag, outcomeWord } from './run-words.ts'
import { stretchesOf, type TimeAxis, timesOf } from './time-axis.ts'

/** Name, axis, duration; on phones the bar goes below. Shared by the heading, so that they line up. */
export const ROW =
  'grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 px-3 @md:grid-cols-[minmax(7rem,10rem)_minmax(0,1fr)_4.5rem] @3xl:grid-cols-[minmax(10rem,16rem)_minmax(0,1fr)_5.5rem] @3xl:px-4'

interface TimelineRowProps {
  readonly step: StepSummary
  readonly name: string
  readonly axis: TimeAxis
  readonly now: number
  readonly selected: boolean
  readonly onSelect: (step: StepSummary) => void
}

/** One attempt: what it is, where its time went, how long it took. */
export function TimelineRow({ step, name, axis, now, selected, onSelect }: TimelineRowProps) {
  const { icon: Icon, label } = stepLook(step.type)
  const tag = attemptTag(step)
  const outcome = outcomeWord(step)
  const times = timesOf([step], now)
  const took = times.execution + times.waiting
  return (
    <button
      type="button"
      aria-current={selected ? 'true' : undefined}
      data-attempt={attemptKey(step)}
      onClick={() => onSelect(step)}
      title={timesWords(times)}
      className={clsx(
        ROW,
        'group h-11 w-full items-center text-start -outline-offset-2 @md:h-9',
        selected ? 'bg-accent-soft' : 'hover:bg-hover',
      )}
    >
      <span className="flex min-w-0 items-center gap-2">
        <StatusIcon status={step.status} />
        <Icon aria-label={label} className="size-3.5 shrink-0 text-ink-subtle" />
        <span dir="auto" className="min-w-0 truncate text-[0.8125rem] font-medium">
          <VisibleText text={name} />
        </span>
        {tag && <span className="shrink-0 text-xs whitespace-nowrap text-ink-muted">{tag}</span>}
        {outcome && <span className="truncate text-xs text-ink-muted hidden @3xl:inline">{outcome}</span>}
      </span>
      <span
        aria-hidden="true"
        className="relative h-full @max-md:order-last @max-md:col-span-2 @max-md:-mt-2 @max-md:h-3"
      >
        {axis.breaks.map((gap) => (
          <span
            key={gap.from}
            style={{ insetInlineStart: percent(gap.from), width: percent(gap.to - gap.from) }}
            className="absolute inset-y-0 border-x border-dashed border-line bg-sunken/60 @max-md:hidden"
          />
        ))}
        {stretchesOf(step, now).map(({ spent, from, to }) => {
          const start = axis.position(from)
          return (
            <span
              key={spent}
              style={{
                insetInlineStart: `min(${percent(start)}, calc(100% - 3px))`,
                width: percent(axis.position(to) - start),
              }}
              className={clsx('absolute top-1/2 min-w-[3px] -translate-y-1/2 rounded-xs', barLook(spent, step.status))}
            />
          )
        })}
      </span>
      <span className="tabular text-end text-xs whitespace-nowrap text-ink-muted">
        {step.status === 'skipped' ? 'skipped' : duration(took)}
      </span>
    </button>
  )
}

function timesWords(times: ReturnType<typeof timesOf>): string {
  const words = [
    times.queue > 0 && `${SPENT_LABELS.queue} ${duration(times.queue)}`,
    times.execution > 0 && `${SPENT_LABELS.execution} ${duration(times.execution)}`,
    times.waiting > 0 && `${SPENT_LABELS.waiting} ${duration(times.waiting)}`,
    times.pause > 0 && `${SPENT_LABELS.pause} ${duration(times.pause)}`,
  ]
  return words.filter(Boolean).join(', ')
}

export function percent(part: number): string {
  return `${(part * 100).toFixed(3)}%`
}
