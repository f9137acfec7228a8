import { changeWords, share, shareChangeWords } from '#components/analytics/change.ts'
import { money } from '#components/timeline/run-words.ts'
import { Skeleton } from '#components/ui/skeleton.tsx'
import { duration } from '#components/ui/time-format.ts'
import type { AnalyticsSummary, Percentiles } from '#lib/contracts/analytics.ts'

interface FiguresViewProps {
  /** undefined while it loads. */
  readonly summary: AnalyticsSummary | undefined
  /** "the 7 days before". */
  readonly than: string
}

/** Four figures, each beside what it was before. */
export function FiguresView({ summary, than }: FiguresViewProps) {
  return (
    <dl className="grid grid-cols-2 overflow-hidden rounded-lg border bg-surface lg:grid-cols-4 [&>*]:-mb-px [&>*]:-ms-px [&>*]:border-s [&>*]:border-b">
      {figuresOf(summary, than).map(({ name, value, note }) => (
        <div key={name} className="grid content-start gap-0.5 px-4 py-3">
          <dt className="text-[0.8125rem] text-ink-muted">{name}</dt>
          <dd className="tabular text-xl font-semibold tracking-tight">
            {value === undefined ? <Skeleton className="my-1 h-6 w-20" /> : value}
          </dd>
          <dd className="text-xs text-ink-subtle">
            {value === undefined ? <Skeleton className="h-4 w-32" /> : (note ?? ' ')}
          </dd>
        </div>
      ))}
    </dl>
  )
}

function figuresOf(summary: AnalyticsSummary | undefined, than: string) {
  const { now, before } = summary ?? {}
  const tokens = (now?.ai.tokens_prompt ?? 0) + (now?.ai.tokens_output ?? 0)
  return [
    {
      name: 'Runs',
      value: now?.total.toLocaleString(),
      note: now && before && changeWords(now.total, before.total, than),
    },
    {
      name: 'Completed without failing',
      value: now && (now.success_rate === null ? '–' : share(now.success_rate)),
      note: now && before && shareChangeWords(now.success_rate, before.success_rate, than),
    },
    {
      name: 'Half are done within',
      value: now && length(now.durations.total.p50),
      note:
        now && now.durations.total.p95 !== null
          ? `95 of 100 within ${length(now.durations.total.p95)}; ${length(now.durations.execution.p50)} of work`
          : null,
    },
    {
      name: 'Spent on AI',
      value: now && money(now.ai.usd),
      note: now && before && spendNote(tokens, now.ai.usd, before.ai.usd, than),
    },
  ]
}

function length(ms: Percentiles['p50']): string {
  return ms === null ? '–' : duration(ms)
}

function spendNote(tokens: number, now: number, before: number, than: string): string {
  const used = `${tokens.toLocaleString()} tokens`
  return now === 0 && before === 0 ? used : `${changeWords(now, before, than)}; ${used}`
}
