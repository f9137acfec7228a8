'use client'
import { clsx } from 'clsx'
import { ChartColumn, Table2 } from 'lucide-react'
import { type ReactNode, Suspense, useId, useState } from 'react'
import { Card, CardHeader } from '#components/ui/card.tsx'
import { lazyPart } from '#components/ui/lazy-part.ts'
import { Segmented } from '#components/ui/segmented.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'
import type { ChartData } from './chart-data.ts'
import { ChartTable } from './chart-table.tsx'

const CHARTS = {
  stack: lazyPart(async () => (await import('./stack-chart.tsx')).StackChart),
  line: lazyPart(async () => (await import('./line-chart.tsx')).LineChart),
}

const VIEWS = [
  { value: 'chart', label: 'Chart', icon: ChartColumn },
  { value: 'table', label: 'Table', icon: Table2 },
] as const

interface ChartCardProps {
  readonly title: string
  readonly kind: keyof typeof CHARTS
  /** undefined while it loads. */
  readonly data: ChartData | undefined
  readonly legend?: ReactNode
  /** In place of the chart where there is nothing to draw. */
  readonly empty: string
  readonly className?: string
}

/**
 * A chart and its table. Whoever looks chooses; the table is in the page either way, so that it can be read out while the
 * chart, which says nothing more, is hidden from screen readers.
 */
export function ChartCard({ title, kind, data, legend, empty, className }: ChartCardProps) {
  const [view, setView] = useState<'chart' | 'table'>('chart')
  const id = useId()
  const Chart = CHARTS[kind]
  const nothing = data?.points.every(({ values }) => Object.values(values).every((value) => !value)) ?? false
  return (
    <Card aria-labelledby={id} className={clsx('flex flex-col', className)}>
      <CardHeader
        id={id}
        title={title}
        actions={
          data &&
          !nothing && (
            <Segmented label={`Show “${title}” as`} value={view} options={VIEWS} onChange={setView} iconsOnly />
          )
        }
      />
      {data === undefined && <ChartSkeleton label={`Loading ${title.toLowerCase()}`} />}
      {nothing && <p className="grid h-64 place-items-center px-4 text-center text-sm text-ink-muted">{empty}</p>}
      {data && !nothing && (
        <>
          <div className={clsx('grid gap-3 px-4 pt-3 pb-4', view === 'table' && 'hidden')}>
            {legend}
            <div aria-hidden="true" className="h-52">
              <Suspense fallback={<Skeleton className="h-full w-full" />}>
                <Chart data={data} />
              </Suspense>
            </div>
          </div>
          <div className="max-h-80 overflow-y-auto">
            <ChartTable label={`${title}, in numbers`} data={data} unseen={view === 'chart'} />
          </div>
        </>
      )}
    </Card>
  )
}

const HEIGHTS = ['h-10', 'h-24', 'h-16', 'h-32', 'h-20', 'h-28', 'h-12']

/** As high as the chart and its legend, so that nothing jumps. */
function ChartSkeleton({ label }: { readonly label: string }) {
  return (
    <div role="status" className="flex h-64 items-end gap-3 px-6 pb-8">
      <span className="sr-only">{label}</span>
      {HEIGHTS.map((height) => (
        <Skeleton key={height} className={clsx('flex-1', height)} />
      ))}
    </div>
  )
}
