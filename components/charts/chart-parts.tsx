import type { ChartData, Series } from './chart-data.ts'

/** What both charts hand to the library alike. */
export const AXIS = {
  tick: { fill: 'var(--ink-subtle)', fontSize: 12 },
  tickLine: false,
  axisLine: false,
} as const

export const GRID = { vertical: false, stroke: 'var(--line)' } as const
export const MARGIN = { top: 8, right: 8, bottom: 0, left: 0 } as const

/** Rows as the library reads them. */
export function rowsOf({ points }: ChartData): readonly Readonly<Record<string, string | number | null>>[] {
  return points.map(({ label, detail, values }) => ({ ...values, label, detail }))
}

interface TipProps {
  readonly data: ChartData
  readonly series: readonly Series[]
  /** Handed over by the library. */
  readonly active?: boolean
  readonly payload?: readonly { readonly payload?: { readonly detail?: string } }[]
}

/** The words at the pointer: every series of that point, in the order of the legend. */
export function ChartTip({ data, series, active, payload }: TipProps) {
  const detail = payload?.[0]?.payload?.detail
  const point = data.points.find((each) => each.detail === detail)
  if (!active || !point) return null
  return (
    <div className="rounded-md border bg-surface px-2.5 py-2 text-xs shadow-float">
      <p className="mb-1 font-medium text-ink">{point.detail}</p>
      <dl className="grid grid-cols-[auto_auto] gap-x-4 gap-y-0.5 text-ink-muted">
        {series.map(({ key, label }) => {
          const value = point.values[key]
          return (
            <div key={key} className="contents">
              <dt>{label}</dt>
              <dd className="tabular text-end text-ink">
                {value === null || value === undefined ? '–' : data.format(value)}
              </dd>
            </div>
          )
        })}
      </dl>
    </div>
  )
}
