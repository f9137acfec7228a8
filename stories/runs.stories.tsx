import type { Meta, StoryObj } from '@storybook/nextjs-vite'
import { expect, fn, userEvent } from 'storybook/test'
import { RunListView } from '#components/runs/run-list-view.tsx'
import { runRows } from './fixtures/runs.ts'

const none = { q: '', status: null, workflowId: null }

const meta = {
  component: RunListView,
  args: { runs: runRows, filters: none, onFilters: fn(), onMore: fn() },
} satisfies Meta<typeof RunListView>
export default meta

type Story = StoryObj<typeof meta>

export const Rows: Story = { args: { hasMore: true } }

export const Loading: Story = { args: { runs: undefined } }

export const Empty: Story = { args: { runs: [] } }

export const NoMatch: Story = { args: { runs: [], filters: { ...none, status: 'failed', workflowId: 'wf_1' } } }

export const Unreachable: Story = { args: { runs: undefined, error: 'Scaff cannot be reached.' } }

export const FiltersByStatus: Story = {
  play: async ({ canvas, args }) => {
    await userEvent.selectOptions(canvas.getByLabelText('Status'), 'Failed')
    await expect(args.onFilters).toHaveBeenCalledWith({ ...none, status: 'failed' })
  },
}
