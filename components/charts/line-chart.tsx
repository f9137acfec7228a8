'use client'
import { CartesianGrid, Line, LineChart as Lines, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import type { ChartData } from './chart-data.ts'
import { AXIS, ChartTip, GRID, MARGIN, rowsOf } from './chart-parts.tsx'

/** A line for each series, solid or dashed. Where nothing is to tell, there is a gap. Its table stands beside it. */
export function LineChart({ data }: { readonly data: ChartData }) {
  return (
    <ResponsiveContainer width="100%" height="100%">
      <Lines data={[...rowsOf(data)]} margin={MARGIN} accessibilityLayer={false}>
        <CartesianGrid {...GRID} />
        <XAxis dataKey="label" minTickGap={20} {...AXIS} />
        <YAxis width={64} tickCount={4} tickFormatter={data.axis?.format ?? data.format} {...marks(data)} {...AXIS} />
        <Tooltip
          cursor={{ stroke: 'var(--control)' }}
          isAnimationActive={false}
          content={<ChartTip data={data} series={data.series} />}
        />
        {data.series.map(({ key, color, pattern }) => (
          <Line
            key={key}
            dataKey={key}
            type="monotone"
            stroke={color}
            strokeWidth={2}
            {...(pattern === 'dashed' ? { strokeDasharray: '5 4' } : {})}
            dot={{ r: 2.5, strokeWidth: 0, fill: color }}
            isAnimationActive={false}
          />
        ))}
      </Lines>
    </ResponsiveContainer>
  )
}

/** The axis with the data's own marks, and as high as they reach. */
function marks({ axis, points }: ChartData) {
  if (!axis) return {}
  const ticks = [
    ...axis.ticks(Math.max(0, ...points.flatMap(({ values }) => Object.values(values).map((v) => v ?? 0)))),
  ]
  return { ticks, domain: [0, ticks.at(-1) ?? 0] }
}
