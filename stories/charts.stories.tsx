import type { Meta, StoryObj } from '@storybook/nextjs-vite'
import { expect, userEvent, waitFor } from 'storybook/test'
import { durationChart, runsChart, runTotals } from '#components/analytics/chart-series.ts'
import { ChartCard } from '#components/charts/chart-card.tsx'
import { shownSeries } from '#components/charts/chart-data.ts'
import { ChartLegend } from '#components/charts/chart-legend.tsx'
import { nothingYet, overTime, summary } from './fixtures/analytics.ts'

const runs = runsChart(overTime)

const meta = {
  component: ChartCard,
  args: {
    title: 'Runs over time',
    kind: 'stack',
    data: runs,
    empty: 'Nothing ran in this time.',
    legend: <ChartLegend series={shownSeries(runs)} values={runTotals(summary.now.runs)} />,
  },
} satisfies Meta<typeof ChartCard>
export default meta

type Story = StoryObj<typeof meta>

/** The chart's code comes after its card. */
const FETCHED = { timeout: 15_000 }

export const Stacked: Story = {
  play: async ({ canvas, canvasElement }) => {
    await waitFor(() => expect(canvasElement.querySelectorAll('.recharts-bar').length).toBeGreaterThan(2), FETCHED)
    // Read out also while the chart is shown: the same numbers, one row for each day.
    await expect(
      canvas.getByRole('table', { name: 'Runs over time, in numbers' }).querySelectorAll('tbody tr'),
    ).toHaveLength(7)
  },
}

export const AsTable: Story = {
  play: async ({ canvas }) => {
    await userEvent.click(canvas.getByRole('radio', { name: 'Table' }))
    await expect(canvas.getByRole('columnheader', { name: 'Completed' })).toBeVisible()
    await expect(canvas.getByRole('cell', { name: '58' })).toBeVisible()
  },
}

export const Lines: Story = {
  args: {
    title: 'How long runs take',
    kind: 'line',
    data: durationChart(overTime, 'total'),
    legend: <ChartLegend series={durationChart(overTime, 'total').series} />,
  },
  play: async ({ canvasElement }) => {
    await waitFor(() => expect(canvasElement.querySelectorAll('.recharts-line')).toHaveLength(2), FETCHED)
  },
}

export const Loading: Story = { args: { data: undefined } }

export const Nothing: Story = { args: { data: runsChart(nothingYet.overTime) } }
