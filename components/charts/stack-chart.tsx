'use client'
import { useId } from 'react'
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import { type ChartData, type Series, shownSeries } from './chart-data.ts'
import { AXIS, ChartTip, GRID, MARGIN, rowsOf } from './chart-parts.tsx'

/** Bars in which the series stand upon each other, each with a pattern of its own. Its table stands beside it. */
export function StackChart({ data }: { readonly data: ChartData }) {
  const id = useId()
  const series = shownSeries(data)
  const fillId = (key: string) => `${id}-${key}`
  return (
    <ResponsiveContainer width="100%" height="100%">
      <BarChart data={[...rowsOf(data)]} margin={MARGIN} accessibilityLayer={false} barCategoryGap="18%">
        <defs>
          {series.map((each) => (
            <Fill key={each.key} id={fillId(each.key)} series={each} />
          ))}
        </defs>
        <CartesianGrid {...GRID} />
        <XAxis dataKey="label" minTickGap={20} {...AXIS} />
        <YAxis width={36} allowDecimals={false} tickFormatter={data.format} {...AXIS} />
        <Tooltip
          cursor={{ fill: 'var(--hover)' }}
          isAnimationActive={false}
          content={<ChartTip data={data} series={series} />}
        />
        {series.map((each) => (
          <Bar
            key={each.key}
            dataKey={each.key}
            stackId="all"
            fill={`url(#${fillId(each.key)})`}
            stroke={each.color}
            strokeWidth={each.pattern === 'solid' ? 0 : 1}
            maxBarSize={40}
            isAnimationActive={false}
          />
        ))}
      </BarChart>
    </ResponsiveContainer>
  )
}

/** A series as it fills its bars. */
function Fill({ id, series: { color, pattern } }: { readonly id: string; readonly series: Series }) {
  return (
    <pattern id={id} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform={rotation(pattern)}>
      <rect width="6" height="6" fill="var(--surface)" />
      {pattern !== 'hollow' && <rect width="6" height="6" fill={color} opacity={pattern === 'solid' ? 1 : 0.25} />}
      {pattern === 'stripes' && <rect width="2.5" height="6" fill={color} />}
      {pattern === 'dots' && <circle cx="3" cy="3" r="1.4" fill={color} />}
    </pattern>
  )
}

function rotation(pattern: Series['pattern']): string {
  return pattern === 'stripes' ? 'rotate(45)' : ''
}
