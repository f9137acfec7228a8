import type { Meta, StoryObj } from '@storybook/nextjs-vite'
import { expect, fn, screen, userEvent, waitFor, within } from 'storybook/test'
import { NO_FILTERS } from '#components/runs/run-list-input.ts'
import { RunListView } from '#components/runs/run-list-view.tsx'
import { runRow, runRows } from './fixtures/runs.ts'
import { LONG } from './fixtures/workflows.ts'

const meta = {
  component: RunListView,
  args: {
    runs: runRows,
    filters: NO_FILTERS,
    onFilters: fn(),
    onMore: fn(),
    onFresh: fn(),
    workflowName: null,
    workflowOptions: [
      { id: 'wf_1', name: 'Blog post generator' },
      { id: 'wf_2', name: 'Expense request' },
    ],
    onWorkflowSearch: fn(),
    me: 'sarah@company.com',
  },
} satisfies Meta<typeof RunListView>
export default meta

type Story = StoryObj<typeof meta>

/** What opens is fetched first. */
const FETCHED = { timeout: 10_000 }

export const Rows: Story = {
  args: { hasMore: true },
  play: async ({ canvas }) => {
    await waitFor(() => expect(canvas.getByText('Waiting for manager@company.com since 2 h')).toBeVisible())
    await expect(canvas.getByText('cms.company.com answered 503 four times.')).toBeVisible()
  },
}

export const Loading: Story = { args: { runs: undefined } }

export const Empty: Story = { args: { runs: [] } }

export const NoMatch: Story = {
  args: {
    runs: [],
    filters: { ...NO_FILTERS, status: ['failed'], workflowId: 'wf_1' },
    workflowName: 'Expense request',
  },
  play: async ({ canvas, args }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Show all runs' }))
    await expect(args.onFilters).toHaveBeenCalledWith(NO_FILTERS)
  },
}

export const Unreachable: Story = { args: { runs: undefined, error: 'Scaff cannot be reached.' } }

export const NewRunsWait: Story = {
  args: { fresh: 3 },
  play: async ({ canvas, args }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Show 3 new runs' }))
    await expect(args.onFresh).toHaveBeenCalled()
  },
}

export const LongAndRightToLeft: Story = {
  args: {
    runs: [
      { ...runRow, workflow_name: LONG, started_by: LONG },
      { ...runRow, run_id: 'run_8', workflow_name: 'مولد مقالات المدونة', started_by: 'سارة@شركة.com' },
      {
        ...runRow,
        run_id: 'run_9',
        status: 'failed',
        waiting_for: null,
        error: { code: 'x.y', message: `${LONG} ${LONG}`, step: null },
      },
    ],
    filters: { ...NO_FILTERS, startedBy: LONG, workflowId: 'wf_1', status: ['queued', 'failed', 'waiting'] },
    workflowName: LONG,
  },
  play: async ({ canvas }) => {
    const [first = 0, ...others] = canvas.getAllByRole('listitem').map((row) => {
      const words = document.createRange()
      words.selectNodeContents(within(row).getByRole('link'))
      return words.getBoundingClientRect().left
    })
    for (const left of others) await expect(Math.abs(left - first)).toBeLessThan(2)
  },
}

export const FiltersByStatus: Story = {
  play: async ({ canvas, args }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Status: Every status' }))
    await userEvent.click(await screen.findByRole('checkbox', { name: 'Failed' }, FETCHED))
    await expect(args.onFilters).toHaveBeenCalledWith({ ...NO_FILTERS, status: ['failed'] })
  },
}

export const FiltersByWorkflowWithKeys: Story = {
  play: async ({ canvas, args }) => {
    canvas.getByRole('button', { name: 'Workflow: Every workflow' }).focus()
    await userEvent.keyboard('{Enter}')
    const field = await screen.findByRole('combobox', { name: 'Find a workflow' }, FETCHED)
    await waitFor(() => expect(field).toHaveFocus())
    await userEvent.keyboard('exp')
    await expect(args.onWorkflowSearch).toHaveBeenLastCalledWith('exp')
    await userEvent.keyboard('{ArrowDown}{Enter}')
    await expect(args.onFilters).toHaveBeenCalledWith({ ...NO_FILTERS, workflowId: 'wf_2' })
  },
}

export const FiltersByDays: Story = {
  play: async ({ canvas, args }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Time range: Any time' }))
    await userEvent.click(await screen.findByRole('button', { name: 'Show these days' }, FETCHED))
    await expect(await screen.findByText('Choose a first and a last day')).toBeVisible()
    await userEvent.type(screen.getByLabelText('First day'), '2026-06-01')
    await userEvent.type(screen.getByLabelText('Last day'), '2026-06-03')
    await userEvent.click(screen.getByRole('button', { name: 'Show these days' }))
    const range = { from: '2026-06-01', to: '2026-06-03' }
    await expect(args.onFilters).toHaveBeenCalledWith({ ...NO_FILTERS, range })
  },
}
