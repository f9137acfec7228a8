import type { Meta, StoryObj } from '@storybook/nextjs-vite'
import { expect, fn, userEvent, within } from 'storybook/test'
import { AnalyticsView } from '#components/home/analytics-view.tsx'
import { HomeView } from '#components/home/home-view.tsx'
import { ai, nothingYet, overTime, summary, waits, workflowFigures } from './fixtures/analytics.ts'
import { approvalRow } from './fixtures/approvals.ts'
import { runRow, runRows } from './fixtures/runs.ts'
import { before, LONG, MINUTES } from './fixtures/workflows.ts'

const figures = { range: { period: '7d' } as const, onRange: fn(), error: null }
const analytics = (
  <AnalyticsView {...figures} summary={summary} overTime={overTime} workflows={workflowFigures} ai={ai} waits={waits} />
)
const loaded = <T,>(data: readonly T[]) => ({ data, error: null })
const failedRuns = runRows.filter(({ status }) => status === 'failed')
const underWay = runRows.filter(({ status }) => status === 'waiting' || status === 'running' || status === 'queued')

const meta = {
  component: HomeView,
  args: {
    can: { decide: true, create: true, retry: true },
    blank: false,
    approvals: loaded([
      { ...approvalRow, expires_at: before(30 * MINUTES), priority: 'high' },
      { ...approvalRow, id: 'wait_2', title: LONG, workflow_name: LONG, expires_at: null },
      { ...approvalRow, id: 'wait_3', title: 'موافقة المدير', workflow_name: 'مولد مقالات المدونة', expires_at: null },
    ]),
    failed: loaded(failedRuns),
    underWay: loaded([...underWay, { ...runRow, run_id: 'run_long', workflow_name: LONG }]),
    retrying: null,
    retryError: null,
    onRetry: fn(),
    analytics,
  },
} satisfies Meta<typeof HomeView>
export default meta

type Story = StoryObj<typeof meta>

export const ForEditors: Story = {
  play: async ({ canvas, args }) => {
    // On one line, however long the name beside it is.
    const asked = canvas.getAllByText(/^Asked/)
    for (const words of asked) await expect(words.getBoundingClientRect().height).toBeLessThan(24)
    await expect(canvas.getByRole('link', { name: 'Decide “موافقة المدير”' })).toHaveAttribute('href', '/inbox/wait_3')
    await userEvent.click(canvas.getByRole('button', { name: 'Retry Blog post generator' }))
    await expect(args.onRetry).toHaveBeenCalledWith('run_4')
  },
}

export const ForApprovers: Story = {
  args: { can: { decide: true, create: false, retry: false } },
  play: async ({ canvas }) => {
    await expect(canvas.queryByRole('button', { name: /^Retry/ })).toBeNull()
  },
}

export const ForViewers: Story = {
  args: { can: { decide: false, create: false, retry: false } },
  play: async ({ canvas }) => {
    await expect(canvas.queryByText('Waits for you')).toBeNull()
  },
}

export const NothingToDo: Story = {
  args: {
    approvals: loaded([]),
    failed: loaded([]),
    underWay: loaded([]),
    analytics: <AnalyticsView {...figures} {...nothingYet} />,
  },
}

export const Loading: Story = {
  args: {
    approvals: { data: undefined, error: null },
    failed: { data: undefined, error: null },
    underWay: { data: undefined, error: null },
    analytics: (
      <AnalyticsView
        {...figures}
        summary={undefined}
        overTime={undefined}
        workflows={undefined}
        ai={undefined}
        waits={undefined}
      />
    ),
  },
}

const unreachable = 'Scaff cannot be reached. Check the connection and try again.'

const retries = { waits: fn(() => new Promise<void>(() => {})), analytics: fn(async () => {}) }

export const Unreachable: Story = {
  args: {
    approvals: { data: undefined, error: unreachable, onRetry: retries.waits },
    failed: { data: undefined, error: unreachable },
    underWay: { data: undefined, error: unreachable },
    analytics: (
      <AnalyticsView
        range={{ period: '7d' }}
        onRange={fn()}
        error={unreachable}
        onRetry={retries.analytics}
        summary={undefined}
        overTime={undefined}
        workflows={undefined}
        ai={undefined}
        waits={undefined}
      />
    ),
  },
  play: async ({ canvas }) => {
    // What could not be loaded is not on its way.
    await expect(canvas.queryByRole('status')).toBeNull()
    const waits = within(canvas.getByRole('region', { name: 'Waits for you' }))
    await userEvent.click(waits.getByRole('button', { name: 'Try again' }))
    await userEvent.click(waits.getByRole('button', { name: 'Trying…' }))
    await expect(retries.waits).toHaveBeenCalledOnce()
    const figures = within(canvas.getByRole('region', { name: 'How it went' }))
    await userEvent.click(figures.getByRole('button', { name: 'Try again' }))
    await expect(retries.analytics).toHaveBeenCalledOnce()
    await expect(await figures.findByRole('button', { name: 'Try again' })).toBeVisible()
  },
}

export const Blank: Story = {
  args: { blank: true },
  play: async ({ canvas }) => {
    await expect(canvas.getAllByRole('link')).toHaveLength(1)
  },
}

export const BlankForViewers: Story = {
  args: { blank: true, can: { decide: false, create: false, retry: false } },
}

export const RetryRefused: Story = {
  args: { retrying: 'run_4', retryError: 'The run is over and cannot be taken up again.' },
}
