import { clsx } from 'clsx'
import { memo } from 'react'
import { StatusIcon } from '#components/runs/status.tsx'
import { DateTime } from '#components/ui/date-time.tsx'
import { duration, utc } from '#components/ui/time-format.ts'
import { VisibleText } from '#components/ui/visible-text.tsx'
import { stepLook } from '#components/workflows/step-look.ts'
import type { StepSummary } from '#lib/contracts/run-steps.ts'
import { barLook, SPENT_LABELS } from './bar-look.ts'
import { attemptKey } from './merge-run.ts'
import { depthOf } from './nested.ts'
import { attemptTag, outcomeWord } from './run-words.ts'
import { stretchesOf, type TimeAxis, timesOf, took } from './time-axis.ts'

/** Name, axis, duration; on phones the bar goes below. Shared by the heading, so that they line up. */
export const ROW =
  'grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 px-3 @md:grid-cols-[42%_minmax(0,1fr)_4.5rem] @3xl:grid-cols-[minmax(15rem,33%)_minmax(0,1fr)_5.5rem] @3xl:px-4'

interface TimelineRowProps {
  readonly step: StepSummary
  readonly name: string
  readonly axis: TimeAxis
  readonly now: number
  readonly selected: boolean
  /** Every row as high as the next, for a list that shows a part of them: a long name is cut instead of going on below. */
  readonly fixed: boolean
  readonly onSelect: (step: StepSummary) => void
}

/** One attempt: what it is, where its time went, how long it took. Drawn anew only when that changes, not on each scroll. */
export const TimelineRow = memo(function TimelineRow(props: TimelineRowProps) {
  const { step, name, axis, now, selected, fixed, onSelect } = props
  const { icon: Icon, label } = stepLook(step.type)
  const tag = attemptTag(step)
  const outcome = outcomeWord(step)
  const times = timesOf([step], now)
  return (
    <button
      type="button"
      aria-current={selected ? 'true' : undefined}
      data-attempt={attemptKey(step)}
      onClick={() => onSelect(step)}
      title={[name, tag, outcome, step.until && `until ${utc(step.until)}`, timesWords(times)]
        .filter(Boolean)
        .join('\n')}
      className={clsx(
        ROW,
        'group w-full items-center gap-y-0.5 py-1.5 text-start -outline-offset-2 @md:py-0',
        fixed ? 'h-11 @md:h-9' : 'min-h-11 @md:min-h-9',
        selected ? 'bg-accent-soft' : 'hover:bg-hover',
      )}
    >
      <span className="flex min-w-0 items-center gap-2 self-stretch @md:py-1">
        <Indent depth={depthOf(step)} />
        <StatusIcon status={step.status} />
        <Icon aria-label={label} className="size-3.5 shrink-0 text-ink-subtle" />
        {/* What does not fit beside the name wraps out of sight, instead of being cut to a letter. */}
        <span className="flex max-h-9 min-w-0 flex-1 flex-wrap items-baseline gap-x-2 overflow-hidden @3xl:max-h-5">
          <span
            dir="auto"
            className={clsx(
              'max-w-full min-w-0 text-[0.8125rem] leading-[1.125rem] font-medium',
              fixed || tag ? 'truncate' : 'line-clamp-2 break-words @3xl:line-clamp-1',
              tag && '@3xl:max-w-[calc(100%-5rem)]',
            )}
          >
            <VisibleText text={name} />
          </span>
          {tag && <span className="max-w-full truncate text-xs leading-[1.125rem] text-ink-muted">{tag}</span>}
          {step.until && (
            <span className="max-w-full truncate text-xs leading-[1.125rem] text-ink-muted">
              until <DateTime at={step.until} />
            </span>
          )}
          {outcome && (
            <span className="max-w-full truncate text-xs leading-[1.125rem] text-ink-muted @max-3xl:hidden">
              {outcome}
            </span>
          )}
        </span>
      </span>
      <span aria-hidden="true" className="relative self-stretch @max-md:order-last @max-md:col-span-2 @max-md:h-2.5">
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
        {step.status === 'skipped' ? 'skipped' : duration(took(step, now))}
      </span>
    </button>
  )
})

/** How deep a step stands inside others: a line for each of them, as far as there is room. */
export function Indent({ depth }: { readonly depth: number }) {
  if (depth === 0) return null
  return (
    <span aria-hidden="true" className="flex self-stretch @md:-my-1">
      {Array.from({ length: Math.min(depth, 4) }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines are alike and never move
        <span key={i} className="ms-[0.4375rem] w-2 border-s border-line @md:w-2.5" />
      ))}
    </span>
  )
}

function timesWords(times: ReturnType<typeof timesOf>): string {
  const words = [
    times.queue > 0 && `${SPENT_LABELS.queue} ${duration(times.queue)}`,
    times.execution > 0 && `${SPENT_LABELS.execution} ${duration(times.execution)}`,
    times.waiting > 0 && `${SPENT_LABELS.waiting} ${duration(times.waiting)}`,
    times.pause > 0 && `${SPENT_LABELS.pause} ${duration(times.pause)}`,
    times.inside > 0 && `${SPENT_LABELS.inside} ${duration(times.inside)}`,
  ]
  return words.filter(Boolean).join(', ')
}

/** The stretches that are drawn shorter, once behind all rows: a long run may have thousands of both. */
export function Breaks({ axis }: { readonly axis: TimeAxis }) {
  return (
    <div aria-hidden="true" className={clsx(ROW, 'pointer-events-none absolute inset-0 -z-10 @max-md:hidden')}>
      <span />
      <span className="relative">
        {axis.breaks.map((gap) => (
          <span
            key={gap.from}
            style={{ insetInlineStart: percent(gap.from), width: percent(gap.to - gap.from) }}
            className="absolute inset-y-0 border-x border-dashed border-line bg-sunken/60"
          />
        ))}
      </span>
      <span />
    </div>
  )
}

export function percent(part: number): string {
  return `${(part * 100).toFixed(3)}%`
}
